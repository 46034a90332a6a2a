// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.models.GradientTest;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.FeatureSource;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.data.Preprocessing;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings, evaluations and predictions of streamed examples, bit for bit those of examples on the device. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class StreamedTrainingTest {
  private static final int BATCH = 12;

  private final Network network = GradientTest.smallResNet();
  private final ImageSet images = TestImages.bars(43, network.input(), 3, 1);
  private final ImageSet others = TestImages.bars(31, network.input(), 3, 2);
  private final Preprocessing preprocessing;
  private final Devices.Entry entry;

  StreamedTrainingTest(Devices.Entry entry) {
    this.entry = entry;
    int channels = network.input().channels();
    preprocessing =
        new Preprocessing(
            new Augmentation(2, Augmentation.Mode.reflect, true),
            new Normalization(Collections.nCopies(channels, .3), Collections.nCopies(channels, .4)));
  }

  private static Examples streamed(ImageSet all) {
    int size = all.shape().size();
    FeatureSource source =
        FeatureSource.ofBytes(
            all.count(), all.shape(), i -> Arrays.copyOfRange(all.pixels(), i * size, (i + 1) * size));
    return Examples.of(Features.of(source), all.targets());
  }

  private record Outcome(Weights weights, double loss, Evaluation onTrain, Evaluation onOthers, long bytes) {}

  private Outcome train(Examples train, Examples judging, int microBatch) {
    Sgd momentum = new Sgd(SgdHyperparameters.builder().momentum(.9).build());
    TrainingPlanBuilder builder = TrainingPlan.builder(network, momentum, train, entry.device());
    try (TrainingPlan plan =
        builder.batchSize(BATCH).microBatch(microBatch).seed(3).preprocessing(preprocessing).evaluating(judging)
            .evaluationBatch(10).build()) {
      Evaluation onTrain = null;
      double loss = 0;
      for (int epoch = 0; epoch < 2; epoch++) {
        int factor = 5 + epoch;
        int[] order = IntStream.range(0, 43).map(i -> i * factor % 43).toArray();
        for (int offset = 0; offset < 43; offset += BATCH) {
          plan.step(order, offset, Math.min(BATCH, 43 - offset), .05);
        }
        loss += plan.metrics().lossSum();
        onTrain = plan.evaluate(train, () -> false).orElseThrow();
      }
      Evaluation onOthers = plan.evaluate(judging, () -> false).orElseThrow();
      return new Outcome(plan.weights(), loss, onTrain, onOthers, plan.deviceBytes());
    }
  }

  private static void assertEqual(Outcome actual, Outcome expected) {
    assertThat(actual.weights.parameters()).isEqualTo(expected.weights.parameters());
    assertThat(actual.weights.buffers()).isEqualTo(expected.weights.buffers());
    assertThat(actual.loss).isEqualTo(expected.loss);
    assertThat(actual.onTrain).isEqualTo(expected.onTrain);
    assertThat(actual.onOthers).isEqualTo(expected.onOthers);
  }

  @ParameterizedTest
  @ValueSource(ints = {BATCH, 5})
  void givesTheSameBits(int microBatch) {
    Outcome expected = train(images, others, microBatch);
    assertThat(expected.onTrain.metric("accuracy")).isGreaterThan(.4); // has learnt
    assertEqual(train(streamed(images), streamed(others), microBatch), expected);
    assertEqual(train(streamed(images), others, microBatch), expected);
    assertEqual(train(images, streamed(others), microBatch), expected);
  }

  @Test
  void takesTheMemoryOfABatch() {
    ImageSet many = TestImages.bars(4000, network.input(), 3, 1);
    Sgd sgd = new Sgd(SgdHyperparameters.builder().build());
    Sgd another = new Sgd(SgdHyperparameters.builder().build());
    try (TrainingPlan resident = TrainingPlan.builder(network, sgd, many, entry.device()).batchSize(BATCH).build();
        TrainingPlan streams = TrainingPlan.builder(network, another, streamed(many), entry.device()).batchSize(BATCH).build()) {
      int[] order = IntStream.range(0, BATCH).toArray();
      resident.step(order, 0, BATCH, .1);
      streams.step(order, 0, BATCH, .1);
      long bytes = resident.deviceBytes() - streams.deviceBytes();
      assertThat(bytes).isGreaterThan((4000L - BATCH - 100) * network.input().size());
    }
  }

  @Test
  void predictsTheSameBits() {
    Weights weights = network.initialWeights(1);
    try (PredictionPlan plan = new PredictionPlan(network, weights, Features.Bytes.class, preprocessing, 7, entry.device())) {
      assertThat(plan.predict(streamed(images).features())).isEqualTo(plan.predict(images.features()));
    }
  }

  /** The step says what the source says, and the training can go on with other examples. */
  @Test
  void aSourceThatFailsEndsTheStep() {
    int size = images.shape().size();
    FeatureSource source =
        FeatureSource.ofBytes(
            43, images.shape(),
            i -> {
              if (i == 40) {
                throw new IllegalStateException("example 40 is lost");
              }
              return Arrays.copyOfRange(images.pixels(), i * size, (i + 1) * size);
            });
    Examples examples = Examples.of(Features.of(source), Targets.classes(images.labels(), 3));
    Sgd sgd = new Sgd(SgdHyperparameters.builder().build());
    try (TrainingPlan plan = TrainingPlan.builder(network, sgd, examples, entry.device()).batchSize(BATCH).build()) {
      int[] order = IntStream.range(0, 43).toArray();
      plan.step(order, 0, BATCH, .05);
      assertThatIllegalStateException().isThrownBy(() -> plan.step(order, 31, BATCH, .05)).withMessage("example 40 is lost");
      plan.step(order, 12, BATCH, .05);
      assertThat(plan.steps()).isEqualTo(2);
    }
  }
}
