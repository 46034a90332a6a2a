// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.BinaryCrossEntropyWithLogits;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.loss.Huber;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.Losses;
import io.github.arturo4j.kernels.loss.MeanSquaredError;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.kernels.optimizer.Adam;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.reference.LossReference;
import io.github.arturo4j.models.LogCosh;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.layer.Tanh;
import io.github.arturo4j.models.metric.Accuracy;
import io.github.arturo4j.models.metric.MacroF1;
import io.github.arturo4j.models.metric.Metrics;
import io.github.arturo4j.models.metric.R2;
import io.github.arturo4j.models.metric.Rmse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Trainings by other losses, on floats of any rank, with targets that are values, and on many classes. */
class LossPlanTest {
  private static final int COUNT = 96;

  private final TornadoDevice device = Devices.find(null).device();
  private final int[] order = IntStream.range(0, COUNT).toArray();

  private static Network mlp(int inputs, int outputs) {
    return new Network("mlp", new Shape(inputs), List.of(new Linear(24), new Tanh(), new Linear(outputs)));
  }

  /** Two smooth functions of three numbers. */
  private static Examples functions(int count, long seed) {
    Random random = new Random(seed);
    float[] x = new float[3 * count];
    float[] y = new float[2 * count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < 3; j++) {
        x[3 * i + j] = (float) random.nextDouble(-1, 1);
      }
      y[2 * i] = 2 * x[3 * i] - x[3 * i + 1] * x[3 * i + 2];
      y[2 * i + 1] = (float) Math.sin(2 * x[3 * i + 1]) + .5f;
    }
    return Examples.of(Features.of(x, 3), Targets.values(y, 2));
  }

  /** Which of three numbers are positive: none, some or all. */
  private static Examples signs(int count, long seed) {
    Random random = new Random(seed);
    float[] x = new float[3 * count];
    float[] y = new float[3 * count];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
      y[i] = x[i] > 0 ? 1 : 0;
    }
    return Examples.of(Features.of(x, 3), Targets.values(y, 3));
  }

  private TrainingPlanBuilder builder(Network network, Examples examples, Loss loss) {
    return TrainingPlan.builder(network, new Adam(new AdamHyperparameters()), examples, device)
        .loss(loss)
        .batchSize(32)
        .seed(1);
  }

  private void train(TrainingPlan plan, int epochs) {
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int first = 0; first < COUNT; first += 32) {
        plan.step(order, first, 32, .01);
      }
    }
  }

  static List<Loss> ofValues() {
    return List.of(new MeanSquaredError(), new Huber(), new Huber(.1));
  }

  @ParameterizedTest
  @MethodSource("ofValues")
  void aRegressionLearns(Loss loss) {
    Examples train = functions(COUNT, 1);
    Examples test = functions(50, 2);
    try (TrainingPlan plan =
        builder(mlp(3, 2), train, loss).metrics(List.of(new Rmse(), new R2())).evaluating(test).build()) {
      Evaluation before = plan.evaluate(test, () -> false).orElseThrow();
      train(plan, 150);
      Evaluation after = plan.evaluate(test, () -> false).orElseThrow();
      assertThat(after.metrics().sequencedKeySet()).containsExactly("rmse", "r2");
      assertThat(before.metric("r2")).isLessThan(.5);
      assertThat(after.metric("r2")).isGreaterThan(.95);
      assertThat(after.metric("rmse")).isLessThan(.2);
      assertThat(after.loss()).isLessThan(before.loss() / 10);
      if (loss instanceof MeanSquaredError) { // of two outputs, whose roots' mean is not the mean's root
        assertThat(Math.sqrt(after.loss())).isCloseTo(after.metric("rmse"), within(.05));
      }
    }
  }

  /** Both are files of the tests, with a line each in META-INF/services. */
  @Test
  void aLossAndAMetricFromOutsideAreLikeTheLibrarys() {
    Loss own = Losses.defaults("log_cosh");
    assertThat(own).isEqualTo(new LogCosh());
    Examples train = functions(COUNT, 1);
    try (TrainingPlan plan =
        builder(mlp(3, 2), train, own).metrics(List.of(Metrics.of("largest_error"), new R2())).evaluating(train).build()) {
      double before = plan.evaluate(train, () -> false).orElseThrow().metric("largest_error");
      train(plan, 150);
      Evaluation after = plan.evaluate(train, () -> false).orElseThrow();
      assertThat(after.metric("r2")).isGreaterThan(.95);
      assertThat(after.metric("largest_error")).isLessThan(before / 2).isGreaterThan(after.loss());
    }
  }

  @Test
  void isTheCodeOfThePage() throws IOException {
    String source = Files.readString(Path.of("src/test/java/io/github/arturo4j/models/LogCosh.java"));
    String code = source.substring(source.indexOf("// begin\n") + 9, source.indexOf("// end\n"));
    assertThat(Files.readString(Path.of("../docs/losses.md"))).contains(code);
  }

  @Test
  void severalLabelsAnExampleAreLearnt() {
    Examples train = signs(COUNT, 1);
    Examples test = signs(60, 2);
    try (TrainingPlan plan =
        builder(mlp(3, 3), train, new BinaryCrossEntropyWithLogits(List.of(2.0)))
            .metrics(List.of()).evaluating(test).build()) {
      double before = plan.evaluate(test, () -> false).orElseThrow().loss();
      train(plan, 150);
      Evaluation after = plan.evaluate(test, () -> false).orElseThrow();
      assertThat(before).isGreaterThan(.6);
      assertThat(after.loss()).isLessThan(.2);
      assertThat(after.metrics()).isEmpty();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> after.metric("rmse"))
          .withMessageStartingWith("'rmse' was not measured");
    }
  }

  /** The mean that PyTorch takes: over the weights, of the whole batch, however many micro-batches compute it. */
  @ParameterizedTest
  @ValueSource(ints = {32, 5})
  void weightedExamplesWeighTheSameInMicroBatches(int microBatch) {
    Loss loss = new CrossEntropy(.1, List.of(.25, 3.0, 1.0));
    ImageSet images = TestImages.bars(COUNT, new Shape(1, 6, 6), 3, 1);
    Network network = new Network("flat", images.shape(), List.of(new Flatten(), new Linear(3)));
    try (TrainingPlan plan =
        TrainingPlan.builder(network, new Sgd(new SgdHyperparameters()), images, device)
            .loss(loss).batchSize(32).microBatch(microBatch).evaluating(images).build()) {
      float[] weights = plan.parameters();
      Mean all = Mean.of(loss, images, weights, 0, COUNT);
      assertThat(plan.evaluate(images, () -> false).orElseThrow().loss()).isCloseTo(all.loss, within(1e-5));
      plan.step(order, 10, 32, .1);
      Mean batch = Mean.of(loss, images, weights, 10, 32);
      TrainingMetrics metrics = plan.metrics();
      assertThat(metrics.examples()).isEqualTo(32);
      assertThat(metrics.weight()).isCloseTo(batch.weight, within(1e-9));
      assertThat(metrics.loss()).isCloseTo(batch.loss, within(1e-5));
      float[] gradient = plan.gradients();
      for (int i = 0; i < gradient.length; i++) {
        assertThat((double) gradient[i]).isCloseTo(batch.gradient[i], within(1e-6));
      }
    }
  }

  /** The loss of a linear layer on some of the images, its gradient, and the sum of the weights, in double. */
  private record Mean(double loss, double[] gradient, double weight) {
    static Mean of(Loss loss, ImageSet images, float[] parameters, int first, int count) {
      Targets targets = images.targets();
      double weight = IntStream.range(first, first + count).mapToDouble(i -> loss.weight(targets, i)).sum();
      double sum = 0;
      double[] gradient = new double[parameters.length];
      for (int i = first; i < first + count; i++) {
        double[] logits = new double[3];
        for (int c = 0; c < 3; c++) {
          logits[c] = parameters[108 + c];
          for (int j = 0; j < 36; j++) {
            logits[c] += parameters[36 * c + j] * (images.pixels()[36 * i + j] & 0xff) / 255.0;
          }
        }
        LossReference own = LossReference.of(loss, targets, i, logits);
        sum += own.loss();
        for (int c = 0; c < 3; c++) {
          gradient[108 + c] += own.gradient()[c] / weight;
          for (int j = 0; j < 36; j++) {
            gradient[36 * c + j] += own.gradient()[c] / weight * (images.pixels()[36 * i + j] & 0xff) / 255.0;
          }
        }
      }
      return new Mean(sum / weight, gradient, weight);
    }
  }

  /** More classes than a byte tells apart, and features of two sizes; the loss is the reference's. */
  @Test
  void threeHundredClassesOfMatrices() {
    int classes = 300;
    Random random = new Random(4);
    float[] x = new float[COUNT * 4 * 5];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    int[] labels = IntStream.range(0, COUNT).map(i -> 299 - i).toArray();
    Examples examples = Examples.of(Features.of(x, 4, 5), Targets.classes(labels, classes));
    Network network = new Network("wide", new Shape(4, 5), List.of(new Flatten(), new Linear(classes)));
    float[] weights = network.initialParameters(3);
    Preprocessing normalized =
        new Preprocessing(null, new Normalization(List.of(0.0, .1, .2, .3), List.of(1.0, 2.0, 1.5, .5)));
    Objective objective = new Objective(new CrossEntropy(), List.of(new Accuracy(), new MacroF1()));
    double expected = 0;
    for (int i = 0; i < COUNT; i++) {
      double[] logits = new double[classes];
      for (int c = 0; c < classes; c++) {
        logits[c] = weights[20 * classes + c];
        for (int j = 0; j < 20; j++) {
          double mean = normalized.normalization().mean().get(j / 5);
          double std = normalized.normalization().std().get(j / 5);
          logits[c] += weights[20 * c + j] * (x[20 * i + j] - mean) / std;
        }
      }
      expected += LossReference.crossEntropy(logits, labels[i]).loss() / COUNT;
    }
    try (EvaluationPlan plan = new EvaluationPlan(network, examples, normalized, objective, 40, device)) {
      Evaluation evaluation = plan.evaluate(weights);
      assertThat(evaluation.loss()).isCloseTo(expected, within(1e-4));
      assertThat(evaluation.metric("accuracy")).isBetween(0.0, .1);
      assertThat(evaluation.examples()).isEqualTo(COUNT);
    }
    try (TrainingPlan plan = builder(network, examples, new CrossEntropy()).evaluating(examples).build()) {
      train(plan, 60);
      assertThat(plan.evaluate(examples, () -> false).orElseThrow().metric("accuracy")).isGreaterThan(.9);
    }
  }

  @Test
  void whatDoesNotFitIsOneLine() {
    Examples values = functions(8, 1);
    Network network = mlp(3, 2);
    refused(
        "the loss cross_entropy takes a class for each example as target, not 2 values; choose one that takes values",
        builder(network, values, new CrossEntropy()));
    refused(
        "the metric accuracy takes a class for each example as target, not 2 values; choose one that takes values",
        builder(network, values, new MeanSquaredError()).metrics(List.of(new Accuracy())));
    refused("mlp takes examples of 4, not 3", builder(mlp(4, 2), values, new MeanSquaredError()));
    refused(
        "augmentation is of images, of bytes and channels×height×width, not of floats of 1×6×6; leave it out",
        builder(
                new Network("image", new Shape(1, 6, 6), List.of(new Conv2d(2, 3, 1), new Flatten(), new Linear(1))),
                Examples.of(Features.of(new float[36], 1, 6, 6), Targets.values(new float[1], 1)),
                new MeanSquaredError())
            .preprocessing(new Preprocessing(new Augmentation(1, Augmentation.Mode.zero, false), null)));
    Examples classes = Examples.of(Features.of(new float[6], 3), Targets.classes(new int[2], 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeviceExamples(values, classes))
        .withMessage("examples of floats 3 with 2 values and of floats 3 with 2 classes are not one data set");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Examples.of(Features.of(new float[6], 3), Targets.values(new float[3], 1)))
        .withMessage("there are features of 2 examples and targets of 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Features.of(new float[7], 3))
        .withMessage("2 examples of 3 are 6 floats, not 7");
  }

  private static void refused(String message, TrainingPlanBuilder builder) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
  }
}
