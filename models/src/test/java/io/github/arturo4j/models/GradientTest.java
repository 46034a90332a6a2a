// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.AdaptiveAvgPool2d;
import io.github.arturo4j.models.layer.AvgPool2d;
import io.github.arturo4j.models.layer.BatchNorm2d;
import io.github.arturo4j.models.layer.ChannelsFirst;
import io.github.arturo4j.models.layer.ChannelsLast;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.ELU;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.GELU;
import io.github.arturo4j.models.layer.GlobalAveragePool;
import io.github.arturo4j.models.layer.GroupNorm;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerNorm;
import io.github.arturo4j.models.layer.LayerNorm2d;
import io.github.arturo4j.models.layer.LayerScale;
import io.github.arturo4j.models.layer.LeakyReLU;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.MultiHeadAttention;
import io.github.arturo4j.models.layer.Named;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.PositionalEmbedding;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.ReLU6;
import io.github.arturo4j.models.layer.Reshape;
import io.github.arturo4j.models.layer.Residual;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.layer.SiLU;
import io.github.arturo4j.models.layer.Sigmoid;
import io.github.arturo4j.models.layer.SinusoidalPositions;
import io.github.arturo4j.models.layer.Softmax;
import io.github.arturo4j.models.layer.StochasticDepth;
import io.github.arturo4j.models.layer.Tanh;
import io.github.arturo4j.models.layer.Upsample;
import io.github.arturo4j.models.plan.Evaluation;
import io.github.arturo4j.models.plan.EvaluationPlan;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** The gradients of the device's kernels against central differences of a loss in double precision. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
public class GradientTest {
  private static final long SEED = 17;

  /** What is left of a gradient that is 0, as that of a bias in front of a batch normalisation. */
  private static final double ROUNDING = 1e-6;

  private final TornadoDevice device;

  GradientTest(Devices.Entry entry) {
    device = entry.device();
  }

  private static Network network(String name, Shape input, Layer... layers) {
    return new Network(name, input, List.of(layers));
  }

  static List<Network> networks() {
    return List.of(
        network("linear", new Shape(1, 3, 4), new Flatten(), new Linear(3)),
        network("perceptron", new Shape(1, 3, 4), new Flatten(), new Linear(7), new ReLU(), new Linear(3)),
        network("dropout", new Shape(1, 3, 4), new Flatten(), new Linear(31), new ReLU(), new Dropout(.5),
            new Linear(3)),
        network("convolution", new Shape(2, 5, 6), new Conv2d(3, 3, 0), new ReLU(), new Flatten(),
            new Linear(3)),
        network(
            "pool", new Shape(2, 7, 8), new Conv2d(3, 3, 0), new ReLU(), new MaxPool2d(), new Flatten(),
            new Linear(3)),
        network(
            "like fmnist_cnn", new Shape(1, 15, 14),
            new Conv2d(3, 3, 0), new ReLU(), new MaxPool2d(), new Dropout(.2),
            new Conv2d(4, 3, 0), new ReLU(), new MaxPool2d(), new Dropout(.2),
            new Conv2d(5, 2, 0), new ReLU(), new Dropout(.2),
            new Flatten(), new Linear(9), new ReLU(), new Dropout(.5), new Linear(3)),
        network(
            "padded", new Shape(3, 6, 6),
            new Conv2d(3, 3, 1), new ReLU(), new MaxPool2d(), new Dropout(.2),
            new Conv2d(4, 3, 1), new ReLU(), new MaxPool2d(),
            new Flatten(), new Linear(3)),
        network(
            "strided", new Shape(2, 7, 6),
            new Conv2d(3, 3, 2, 1, false), new ReLU(), new Conv2d(4, 1, 2, 0, true), new Flatten(),
            new Linear(3)),
        network(
            "pooled", new Shape(2, 9, 8),
            new MaxPool2d(2, 1, 1), new Conv2d(3, 3, 1), new MaxPool2d(3, 2, 1), new Conv2d(4, 3, 1), new ReLU(),
            new GlobalAveragePool(), new Linear(3)),
        network(
            "normalised", new Shape(2, 5, 4),
            new BatchNorm2d(), new Conv2d(3, 3, 1, 1, false), new BatchNorm2d(), new ReLU(), new Flatten(),
            new Linear(6), new BatchNorm2d(), new Linear(3)),
        network(
            "residual of images and sums", new Shape(2, 4, 4),
            new Residual(List.of(new Conv2d(2, 3, 1), new ReLU()), List.of()), new ReLU(),
            new Residual(
                List.of(new Conv2d(3, 3, 1), new ReLU(), new Conv2d(3, 3, 1)),
                List.of(new Conv2d(3, 1, 0))),
            new Residual(List.of(new Residual(List.of(new Conv2d(3, 3, 1)), List.of())), List.of()), new ReLU(),
            new Flatten(), new Linear(3)),
        network(
            "residual of normalised paths", new Shape(1, 4, 4),
            new Conv2d(3, 3, 1), new ReLU(),
            new Residual(List.of(new Conv2d(3, 3, 1), new BatchNorm2d()), List.of(new BatchNorm2d())),
            new Residual(List.of(new BatchNorm2d(), new ReLU(), new Conv2d(3, 3, 1)), List.of()), new ReLU(),
            new Flatten(), new Linear(3)),
        network(
            "activations", new Shape(2, 4, 3),
            new SiLU(), new Conv2d(3, 3, 1), new GELU(), new Conv2d(3, 3, 1), new Tanh(), new Conv2d(3, 3, 1),
            new LeakyReLU(), new LeakyReLU(0.3), new ELU(0.7), new Conv2d(4, 3, 1), new Softmax(), new Flatten(), new Linear(5),
            new Sigmoid(), new Linear(4), new SiLU(), new Softmax(), new Linear(3)),
        network(
            "resampled", new Shape(2, 5, 7),
            new AvgPool2d(2, 1, 1), new Conv2d(3, 3, 1), new AvgPool2d(3, 2, 1), new Conv2d(3, 3, 1), new Upsample(2),
            new Conv2d(2, 3, 1), new AdaptiveAvgPool2d(4, 5), new Reshape(4, 5, 2), new Conv2d(2, 3, 1),
            new AdaptiveAvgPool2d(7, 3), new Flatten(2, 3), new Linear(4), new Flatten(), new Linear(3)),
        network(
            "normalised rows", new Shape(2, 4, 5),
            new LayerNorm(1), new Conv2d(6, 3, 1), new GroupNorm(3), new SiLU(), new Conv2d(4, 3, 1), new LayerNorm(2),
            new Residual(List.of(new GroupNorm(1), new Conv2d(4, 3, 1)), List.of()), new GroupNorm(4), new LayerNorm(),
            new Flatten(), new Linear(6), new LayerNorm(), new GELU(), new GroupNorm(2), new Linear(3)),
        network(
            "sequences", new Shape(3, 2, 4),
            new Flatten(2, 3), new PositionalEmbedding(5, .3),
            new Residual(List.of(new LayerNorm(1), new MultiHeadAttention(2, true)), List.of()),
            new Residual(List.of(new LayerNorm(1), new Linear(12), new GELU(GELU.Approximate.tanh), new Linear(8)), List.of()),
            new SinusoidalPositions(), new Linear(6), new MultiHeadAttention(3, false, .3), new Flatten(), new Linear(3)),
        network(
            "a block of ConvNeXt", new Shape(2, 7, 6),
            new Conv2d(4, 2, 2, 0, true), new LayerNorm2d(1e-6),
            new Residual(
                List.of(
                    new Conv2d(4, 3, 1, 1, 1, 4, true), new ChannelsLast(), new LayerNorm(1, 1e-6), new Linear(9), new GELU(),
                    new Linear(4), new ChannelsFirst(), new LayerScale(.7), new StochasticDepth(.4)),
                List.of()),
            new StochasticDepth(.2), new AdaptiveAvgPool2d(1, 1), new LayerNorm2d(), new Flatten(), new LayerScale(1.5),
            new Linear(3)),
        network(
            "an inverted residual of MobileNet", new Shape(2, 6, 5),
            new Conv2d(3, 3, 2, 1, false), new BatchNorm2d(), new ReLU6(),
            new Residual(
                List.of(
                    new Conv2d(6, 1, 1, 0, false), new BatchNorm2d(), new ReLU6(), new Conv2d(6, 3, 1, 1, 1, 6, false),
                    new BatchNorm2d(), new ReLU6(), new Conv2d(3, 1, 1, 0, false), new BatchNorm2d()),
                List.of()),
            new GlobalAveragePool(), new Dropout(.2), new Linear(3)),
        network(
            "grouped", new Shape(2, 7, 6),
            new Conv2d(4, 3, 1, 1, 1, 2, true), new ReLU(), new MaxPool2d(), new Conv2d(4, 3, 1, 1, 1, 4, false),
            new BatchNorm2d(), new ReLU(), new Conv2d(2, 2, 1, 2, 3, 1, true), new Conv2d(4, 2, 2, 1, 2, 2, true),
            new Flatten(), new Linear(5, false), new ReLU(), new Linear(3, false)),
        smallResNet());
  }

  /** A residual network of two groups, all kinds of blocks in it. */
  public static Network smallResNet() {
    List<Layer> layers = new ArrayList<>();
    layers.addAll(
        List.of(
            new Named("conv1", new Conv2d(4, 3, 1, 1, false)), new Named("bn1", new BatchNorm2d()), new ReLU(),
            new MaxPool2d(3, 2, 1)));
    layers.add(block(4, 1, List.of()));
    layers.add(new ReLU());
    layers.add(block(6, 2, List.of(new Conv2d(6, 1, 2, 0, false), new BatchNorm2d())));
    layers.addAll(List.of(new ReLU(), new GlobalAveragePool(), new Linear(3)));
    return new Network("small ResNet", new Shape(2, 8, 7), layers);
  }

  private static Layer block(int channels, int stride, List<Layer> shortcut) {
    return new Residual(
        List.of(
            new Conv2d(channels, 3, stride, 1, false), new BatchNorm2d(), new ReLU(),
            new Conv2d(channels, 3, 1, 1, false), new BatchNorm2d()),
        shortcut);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void agreesWithCentralDifferences(Network network) {
    ImageSet images = TestImages.bars(9, network.input(), 3, 1);
    float[] parameters = network.initialParameters(5);
    int[] indices = {3, 8, 0, 5};
    float[] gradient;
    double loss;
    Sgd plainSgd = new Sgd(SgdHyperparameters.builder().momentum(0).build());
    try (TrainingPlan plan = TrainingPlan.builder(network, plainSgd, images, device)
        .initial(parameters)
        .batchSize(5)
        .seed(SEED)
        .build()) {
      plan.step(indices, 0, indices.length, 1e-3);
      gradient = plan.gradients();
      loss = plan.metrics().loss();
    }
    ReferenceNetwork reference = ReferenceNetwork.training(network, SEED, 0);
    double[] point = Comparison.doubles(parameters);
    assertThat(loss).isCloseTo(reference.loss(point, images, indices), within(1e-5));
    for (ParameterSpec spec : network.parameters()) {
      double error = 0;
      double norm = 0;
      for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
        double expected = difference(reference, point, i, images, indices);
        error += Math.pow(gradient[i] - expected, 2);
        norm += expected * expected;
      }
      assertThat(Math.sqrt(error))
          .as("%s of %s", spec.name(), network.name())
          .isLessThan(1e-4 * Math.sqrt(norm) + ROUNDING);
    }
  }

  private static double difference(
      ReferenceNetwork reference, double[] point, int i, ImageSet images, int[] indices) {
    double h = 1e-6;
    double at = point[i];
    point[i] = at + h;
    double above = reference.loss(point, images, indices);
    point[i] = at - h;
    double below = reference.loss(point, images, indices);
    point[i] = at;
    return (above - below) / (2 * h);
  }

  @Test
  void evaluationHasRunningStatistics() {
    Network network = smallResNet();
    ImageSet images = TestImages.bars(11, network.input(), 3, 1);
    float[] parameters = network.initialParameters(5);
    float[] buffers = network.initialBuffers();
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] += 0.3f * (i % 3);
    }
    int[] all = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    double expected =
        ReferenceNetwork.evaluating(network, Comparison.doubles(buffers))
            .loss(Comparison.doubles(parameters), images, all);
    try (EvaluationPlan plan = new EvaluationPlan(network, images, 4, device)) {
      Weights weights = new Weights(parameters, buffers);
      for (int repetition = 0; repetition < 2; repetition++) {
        assertThat(plan.evaluate(weights).loss()).isCloseTo(expected, within(1e-5));
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan.evaluate(parameters))
          .withMessageContaining("running statistics, not 0");
    }
  }

  @Test
  void evaluationHasNoDropout() {
    Network network = networks().get(5);
    ImageSet images = TestImages.bars(11, network.input(), 3, 1);
    float[] parameters = network.initialParameters(5);
    double[] point = Comparison.doubles(parameters);
    int[] all = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    double expected = ReferenceNetwork.evaluating(network).loss(point, images, all);
    try (EvaluationPlan plan = new EvaluationPlan(network, images, 4, device)) {
      for (int repetition = 0; repetition < 2; repetition++) {
        Evaluation evaluation = plan.evaluate(parameters);
        assertThat(evaluation.loss()).isCloseTo(expected, within(1e-5));
        assertThat(evaluation.examples()).isEqualTo(11);
        assertThat(evaluation.metric("accuracy") * 11).isCloseTo(Math.rint(evaluation.metric("accuracy") * 11), within(1e-9));
      }
    }
  }
}
