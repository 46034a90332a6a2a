// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.BatchNorm2d;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.GlobalAveragePool;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.metric.OutputObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluationPlanTest {
  private static final Network PLAIN =
      new Network(
          "plain", new Shape(1, 8, 8), List.of(new Flatten(), new Linear(40), new ReLU(),
              new Linear(3)));

  private static final Network NORMALISED =
      new Network(
          "normalised",
          new Shape(1, 8, 8),
          List.of(
              new Conv2d(16, 3, 1, 0, false), new BatchNorm2d(), new ReLU(),
              new GlobalAveragePool(), new Flatten(), new Linear(3)));

  static Stream<Arguments> places() {
    return Devices.list().stream()
        .flatMap(entry -> Stream.of(PLAIN, NORMALISED).map(network -> Arguments.of(entry, network)));
  }

  private static Weights weights(Network network, long seed) {
    float[] buffers = network.initialBuffers();
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] += seed * (i + 1) / 64f;
    }
    return new Weights(network.initialParameters(seed), buffers);
  }

  private static Evaluation alone(Devices.Entry entry, Network network, ImageSet images, long seed) {
    try (EvaluationPlan plan = new EvaluationPlan(network, images, 5, entry.device())) {
      return plan.evaluate(weights(network, seed));
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void everyEvaluationHasItsOwnWeights(Devices.Entry entry, Network network) {
    ImageSet images = TestImages.bars(23, network.input(), 3, 1);
    try (EvaluationPlan plan = new EvaluationPlan(network, images, 5, entry.device())) {
      Evaluation first = plan.evaluate(weights(network, 1));
      assertThat(plan.evaluate(weights(network, 1))).isEqualTo(first);
      assertThat(plan.evaluate(weights(network, 1), () -> true)).isEmpty();
      assertThat(plan.evaluate(weights(network, 2)))
          .isNotEqualTo(first)
          .isEqualTo(alone(entry, network, images, 2));
      assertThat(plan.evaluate(weights(network, 1))).isEqualTo(first);
    }
  }

  /** In the order of the examples, without the rows that fill up the last batch; also where nothing is measured. */
  @ParameterizedTest
  @MethodSource("places")
  void observersAreShownTheOutputs(Devices.Entry entry, Network network) {
    ImageSet images = TestImages.bars(23, network.input(), 3, 1);
    Weights weights = weights(network, 1);
    List<float[]> shown = new ArrayList<>();
    OutputObserver observer =
        (example, outputs) -> {
          assertThat(example).isEqualTo(shown.size());
          shown.add(outputs.clone());
        };
    Objective none = new Objective(new CrossEntropy(), List.of());
    try (EvaluationPlan plan = new EvaluationPlan(network, images, Preprocessing.NONE, none, 5, entry.device());
        PredictionPlan predicts =
            new PredictionPlan(network, weights, Features.Bytes.class, Preprocessing.NONE, 5, entry.device())) {
      assertThat(plan.evaluate(weights, List.of(observer))).isEqualTo(plan.evaluate(weights));
      float[] outputs = predicts.predict(images.features());
      assertThat(shown).hasSize(23);
      for (int i = 0; i < outputs.length; i++) {
        assertThat(shown.get(i / 3)[i % 3]).isCloseTo(outputs[i], within(1e-5f));
      }
    }
  }

  /** A batch is sent its images' numbers and what there is to say about it: less than the weights. */
  @ParameterizedTest
  @MethodSource("places")
  void theWeightsAreSentOnceAnEvaluation(Devices.Entry entry, Network network) {
    ImageSet images = TestImages.bars(23, network.input(), 3, 1);
    try (EvaluationPlan plan = new EvaluationPlan(network, images, 5, entry.device())) {
      plan.evaluate(weights(network, 1));
      long sent = plan.plan().executeProfiled(EvaluationSections.EVALUATE).profile().orElseThrow().bytesIn();
      assertThat(sent).isPositive().isLessThan(4L * network.parameterCount());
    }
  }
}
