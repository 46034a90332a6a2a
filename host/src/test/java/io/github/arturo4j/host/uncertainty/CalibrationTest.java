// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.predict.Prediction;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Beside scikit-learn 1.2.1 (log_loss, roc_auc_score) and NumPy. */
class CalibrationTest {
  private static final double[][] PROBABILITIES = {
    {.7, .2, .1}, {.1, .6, .3}, {.3, .3, .4}, {.05, .9, .05}, {.5, .25, .25}, {.02, .03, .95}, {.34, .33, .33}
  };

  private static final int[] LABELS = {0, 2, 2, 1, 1, 2, 0};

  private static List<Prediction> predictions() {
    return Arrays.stream(PROBABILITIES).map(p -> new Prediction(p, null)).toList();
  }

  @Test
  void areScikitLearnsNumbers() {
    Calibration calibration = Calibration.of(predictions(), LABELS);
    assertThat(calibration.accuracy()).isCloseTo(5 / 7.0, within(1e-12));
    assertThat(calibration.nll()).isCloseTo(0.7283851875251458, within(1e-12));
    assertThat(calibration.brier()).isCloseTo(0.4410285714285714, within(1e-12));
    assertThat(calibration.ece()).isCloseTo(0.40142857142857147, within(1e-12));
  }

  /** (⅓, 0.4] has 0.34 and 0.4, both right; what is on a bin's upper end is in it. */
  @Test
  void binsHaveTheirUpperEnds() {
    List<Calibration.Bin> bins = Calibration.of(predictions(), LABELS).bins();
    assertThat(bins).hasSize(15);
    assertThat(bins.get(5).examples()).isEqualTo(2);
    assertThat(bins.get(5).confidence()).isCloseTo(0.37, within(1e-12));
    assertThat(bins.get(5).accuracy()).isEqualTo(1);
    assertThat(bins.get(8).examples()).isEqualTo(1);
    assertThat(bins.get(8).accuracy()).isZero();
    assertThat(bins.get(0).examples()).isZero();
    assertThat(bins.get(0).accuracy()).isNaN();
  }

  @Test
  void whatIsImpossibleCostsMuchAndNotInfinitelyMuch() {
    Calibration calibration = Calibration.of(List.of(new Prediction(new double[] {1, 0}, null)), new int[] {1});
    assertThat(calibration.nll()).isCloseTo(30 * Math.log(10), within(1e-9));
    assertThat(calibration.brier()).isEqualTo(2);
    assertThat(calibration.ece()).isEqualTo(1);
  }

  @Test
  void refusesOtherLabels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.of(predictions(), new int[3]))
        .withMessage("there are 7 predictions and 3 labels");
  }

  @Test
  void theAreaCountsTiesHalf() {
    double[] low = {.1, .4, .35, .8, .4};
    double[] high = {.4, .9, .7, .1, .85, .35, .35};
    assertThat(Auroc.of(low, high)).isCloseTo(0.5857142857142857, within(1e-12));
    assertThat(Auroc.of(high, low)).isCloseTo(1 - 0.5857142857142857, within(1e-12));
    assertThat(Auroc.of(new double[] {1, 2}, new double[] {3})).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Auroc.of(new double[0], high))
        .withMessage("there are 0 and 7 scores; each must be one or more");
  }
}
