// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.models.GradientTest;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.ColorJitter;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.data.ResizedCrop;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Residual;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.layer.StochasticDepth;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A step whose gradient is computed in several goes, and evaluations between steps, beside plans that do neither. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class MicroBatchTest {
  private static final int BATCH = 17;
  private static final int SEED = 11;
  private static final Preprocessing AUGMENTED =
      new Preprocessing(
          new Augmentation(2, Augmentation.Mode.reflect, true), new Normalization(List.of(.3), List.of(.4)));
  private static final Preprocessing RESIZED =
      new Preprocessing(
          new Augmentation(0, null, true, new ResizedCrop(null, null), new ColorJitter(.4, .4, 0, 0)),
          new Normalization(List.of(.3), List.of(.4)));

  /** Dropout behind a pooling, which is fused with it, behind a linear layer, and alone. */
  private final Network network =
      new Network(
          "small", new Shape(1, 8, 7),
          List.of(
              new Conv2d(6, 3, 0), new ReLU(), new MaxPool2d(), new Dropout(.3), new Flatten(), new Linear(16),
              new Residual(List.of(new Linear(16), new StochasticDepth(.4)), List.of()),
              new ReLU(), new Dropout(.4), new Dropout(.1), new Linear(3)));
  private final ImageSet images = TestImages.bars(60, network.input(), 3, 1);
  private final ImageSet others = TestImages.bars(23, network.input(), 3, 2);
  private final int[] order = IntStream.range(0, 60).map(i -> i * 7 % 60).toArray();
  private final Devices.Entry entry;

  MicroBatchTest(Devices.Entry entry) {
    this.entry = entry;
  }

  private TrainingPlanBuilder builder(Network chosen) {
    Sgd momentum = new Sgd(SgdHyperparameters.builder().momentum(.9).build());
    ImageSet some = chosen == network ? images : TestImages.bars(60, chosen.input(), 3, 1);
    return TrainingPlan.builder(chosen, momentum, some, entry.device()).batchSize(BATCH).seed(SEED);
  }

  @Test
  void launchesAndGraphsOfAFullStepAreCounted() {
    try (TrainingPlan whole = builder(network).build();
        TrainingPlan parts = builder(network).microBatch(5).build()) {
      assertThat(whole.launches()).isEqualTo(whole.tasks().size());
      assertThat(whole.graphs()).isGreaterThanOrEqualTo(2);
      long gradients = parts.tasks().stream().filter(task -> task.phase() != Phase.OPTIMIZER).count();
      assertThat(parts.launches()).isEqualTo((int) (parts.tasks().size() + 3 * gradients)); // 5, 5, 5 and 2 of 17 examples
      assertThat(parts.graphs()).isGreaterThanOrEqualTo(5);
    }
  }

  /** Dropout's masks and the random crops are those of the whole batch. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 16})
  void givesTheGradientOfTheWholeBatch(int micro) {
    givesTheGradientOfTheWholeBatch(micro, AUGMENTED);
  }

  /** The boxes of resized crops are, too, and how colours change. */
  @Test
  void resizesAndChangesColoursAsInTheWholeBatch() {
    givesTheGradientOfTheWholeBatch(5, RESIZED);
  }

  private void givesTheGradientOfTheWholeBatch(int micro, Preprocessing preprocessing) {
    try (TrainingPlan whole = builder(network).preprocessing(preprocessing).build();
        TrainingPlan parts = builder(network).preprocessing(preprocessing).microBatch(micro).build()) {
      int[] counts = {BATCH, BATCH, BATCH, 9};
      for (int step = 0; step < counts.length; step++) {
        whole.step(order, step * BATCH, counts[step], .05);
        parts.step(order, step * BATCH, counts[step], .05);
        float[] expected = whole.gradients();
        float[] actual = parts.gradients();
        float largest = 0;
        for (float g : expected) {
          largest = Math.max(largest, Math.abs(g));
        }
        for (int i = 0; i < expected.length; i++) {
          assertThat(actual[i]).as("step %d", step).isCloseTo(expected[i], within(3e-5f * largest));
        }
      }
      TrainingMetrics expected = whole.metrics();
      TrainingMetrics actual = parts.metrics();
      assertThat(actual.lossSum()).isCloseTo(expected.lossSum(), within(1e-4 * expected.lossSum()));
      assertThat(actual.weight()).isEqualTo(60);
      assertThat(actual.examples()).isEqualTo(60);
    }
  }

  @Test
  void takesTheMemoryOfAMicroBatch() {
    long[] bytes = new long[3];
    int[] micros = {BATCH, 9, 1};
    for (int i = 0; i < micros.length; i++) {
      try (TrainingPlan plan = builder(network).microBatch(micros[i]).build()) {
        plan.step(order, 0, BATCH, .1);
        bytes[i] = plan.deviceBytes();
      }
    }
    assertThat(bytes[0]).isGreaterThan(bytes[1]);
    assertThat(bytes[1]).isGreaterThan(bytes[2]);
  }

  /** As in PyTorch, each micro-batch is normalised by its own statistics, and moves the running ones. */
  @Test
  void batchNormalisationSeesTheMicroBatch() {
    Network normalised = GradientTest.smallResNet();
    try (TrainingPlan parts = builder(normalised).microBatch(8).batchSize(16).build();
        TrainingPlan first = builder(normalised).batchSize(8).build();
        TrainingPlan second = builder(normalised).batchSize(8).build()) {
      parts.step(order, 0, 16, 1e-30);
      first.step(order, 0, 8, 1e-30);
      second.step(order, 8, 8, 1e-30);
      float[] one = first.gradients();
      float[] two = second.gradients();
      float[] sum = parts.gradients();
      for (int i = 0; i < sum.length; i++) {
        assertThat(sum[i]).isCloseTo((one[i] + two[i]) / 2, within(2e-5f));
      }
      first.step(order, 8, 8, 1e-30);
      float[] expected = first.weights().buffers();
      float[] actual = parts.weights().buffers();
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  @Test
  void evaluationsBetweenStepsChangeNothingAndAreThoseOfAPlanOfTheirOwn() {
    for (Network chosen : List.of(network, GradientTest.smallResNet())) {
      ImageSet some = chosen == network ? images : TestImages.bars(60, chosen.input(), 3, 1);
      ImageSet test = chosen == network ? others : TestImages.bars(23, chosen.input(), 3, 2);
      Sgd sgd = new Sgd(SgdHyperparameters.builder().momentum(.9).build());
      try (TrainingPlan plain = builder(chosen).microBatch(6).build();
          TrainingPlan plan =
              TrainingPlan.builder(chosen, sgd, some, entry.device())
                  .batchSize(BATCH)
                  .microBatch(6)
                  .seed(SEED)
                  .evaluating(test)
                  .evaluationBatch(10)
                  .build();
          EvaluationPlan onTrain = new EvaluationPlan(chosen, some, 10, entry.device());
          EvaluationPlan onTest = new EvaluationPlan(chosen, test, 10, entry.device())) {
        for (int round = 0; round < 3; round++) { // the first before any step
          Weights weights = plan.weights();
          assertThat(plan.evaluate(some, () -> false)).contains(onTrain.evaluate(weights));
          assertThat(plan.evaluate(test, () -> false)).contains(onTest.evaluate(weights));
          int[] left = {round % 2};
          assertThat(plan.evaluate(test, () -> left[0]-- == 0)).isEmpty();
          for (int step = 0; step < 2; step++) {
            plan.step(order, step * BATCH, BATCH, .05);
            plain.step(order, step * BATCH, BATCH, .05);
            plan.evaluate(test, () -> false); // before the losses of the steps are told
          }
          assertThat(plan.weights().parameters()).isEqualTo(plain.weights().parameters());
          assertThat(plan.weights().buffers()).isEqualTo(plain.weights().buffers());
          assertThat(plan.metrics()).isEqualTo(plain.metrics());
        }
        assertThatIllegalArgumentException()
            .isThrownBy(() -> plan.evaluate(TestImages.bars(4, chosen.input(), 3, 3), () -> false))
            .withMessage("these examples are not on the device; give them to the plan when it is made");
        assertThatIllegalStateException()
            .isThrownBy(() -> plain.evaluate(some, () -> false))
            .withMessage("this plan does not evaluate; give its builder the examples to evaluate on");
      }
    }
  }

  /** The training images are there once; the evaluation's own arrays are those of its batch. */
  @Test
  void trainingAndEvaluationShareOneDataSet() {
    int pixels = images.pixels().length;
    try (TrainingPlan plain = builder(network).build();
        TrainingPlan plan = builder(network).evaluating(images).evaluationBatch(1).build();
        EvaluationPlan apart = new EvaluationPlan(network, images, 1, entry.device())) {
      long weights = 4L * network.parameterCount();
      assertThat(plan.deviceBytes()).isLessThan(plain.deviceBytes() + apart.deviceBytes() - pixels - weights);
    }
  }

  @Test
  void refusesWhatIsNoSize() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(network).microBatch(0))
        .withMessage("micro-batch is 0; it must be at least 1");
    try (TrainingPlan plan = builder(network).microBatch(5).build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan.step(order, 0, BATCH + 1, .1))
          .withMessage("a batch has 1 to 17 examples, not 18");
    }
  }
}
