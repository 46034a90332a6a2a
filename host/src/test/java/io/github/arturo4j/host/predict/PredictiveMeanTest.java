// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.loss.MeanSquaredError;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictiveMeanTest {
  private static final DataSchema CLASSES =
      DataSchema.of(Examples.of(Features.of(new float[2], 1), Targets.classes(new int[] {0, 1}, 2)));

  private static final DataSchema VALUES =
      DataSchema.of(Examples.of(Features.of(new float[2], 1), Targets.values(new float[2], 1)));

  private static float[] logits(double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(probabilities[i]);
    }
    return logits;
  }

  /** Three networks, two examples; NumPy's numbers. */
  @Test
  void isTheMeanOfProbabilitiesAndTellsHowTheyDiffer() {
    PredictiveMean mean = new PredictiveMean(new OutputMeaning(CLASSES, new CrossEntropy()), 2, 2);
    mean.add(logits(.7, .3, .5, .5));
    mean.add(logits(.9, .1, .2, .8));
    mean.add(logits(.5, .5, .6, .4));
    List<Prediction> predictions = mean.predictions();
    Prediction first = predictions.getFirst();
    assertThat(first.values()[0]).isCloseTo(0.7, within(1e-6));
    assertThat(first.entropy()).isCloseTo(0.6108643, within(1e-6));
    assertThat(first.spread().mutualInformation()).isCloseTo(0.06783282, within(1e-6));
    assertThat(first.spread().deviations()[1]).isCloseTo(0.2, within(1e-6));
    Prediction second = predictions.getLast();
    assertThat(second.label()).isEqualTo(1);
    assertThat(second.entropy()).isCloseTo(0.68423177, within(1e-6));
    assertThat(second.spread().mutualInformation()).isCloseTo(0.06204467, within(1e-6));
    assertThat(second.spread().deviations()[0]).isCloseTo(0.2081666, within(1e-6));
  }

  @Test
  void ofValuesItIsTheirMean() {
    PredictiveMean mean = new PredictiveMean(new OutputMeaning(VALUES, new MeanSquaredError()), 2, 1);
    mean.add(new float[] {1, 10});
    mean.add(new float[] {3, 10});
    List<Prediction> predictions = mean.predictions();
    assertThat(predictions.getFirst().values()).containsExactly(2);
    assertThat(predictions.getFirst().spread().deviations()[0]).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(predictions.getFirst().spread().mutualInformation()).isNaN();
    assertThat(predictions.getLast().spread().deviations()).containsExactly(0);
  }

  @Test
  void ofOneNetworkItHasNoSpread() {
    PredictiveMean mean = new PredictiveMean(new OutputMeaning(CLASSES, new CrossEntropy()), 1, 2);
    mean.add(logits(.75, .25));
    assertThat(mean.predictions().getFirst().spread()).isNull();
  }
}
