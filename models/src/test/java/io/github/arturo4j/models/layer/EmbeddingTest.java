// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.kernels.optimizer.Adam;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.LossReference;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.ReferenceNetwork;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.plan.TrainingPlan;
import io.github.arturo4j.models.plan.TrainingPlanBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Networks of tokens. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class EmbeddingTest {
  private final TornadoDevice device;

  EmbeddingTest(Devices.Entry entry) {
    device = entry.device();
  }

  private static Network network(int positions, Layer... layers) {
    return new Network("tokens", new Shape(positions), List.of(layers));
  }

  private TrainingPlanBuilder builder(Network network, Optimizer optimizer, Examples examples) {
    return TrainingPlan.builder(network, optimizer, examples, device).batchSize(examples.count()).seed(1);
  }

  private static Sgd sgd() {
    return new Sgd(SgdHyperparameters.builder().momentum(0).build());
  }

  private static int[] all(Examples examples) {
    return IntStream.range(0, examples.count()).toArray();
  }

  /**
   * From PyTorch 1.13.0 on a CPU in double: parameters ((5·i) % 7 − 3)/8, one tensor behind the other; cross_entropy of
   * {@code Linear(6, 2)(Embedding(7, 2)(tokens).flatten(1))}.
   */
  @Test
  void agreesWithPyTorch() {
    Examples examples =
        Examples.of(
            Features.of(new int[] {4, 1, 1, 0, 4, 4, 1, 6, 0, 4, 4, 4}, 3), Targets.classes(new int[] {1, 0, 1, 1}, 2));
    Network network = network(3, new Embedding(7, 2), new Flatten(), new Linear(2));
    float[] parameters = new float[network.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (5 * i % 7 - 3) / 8f;
    }
    assertThat(network.parameters().getFirst().name()).isEqualTo("0.weight");
    try (TrainingPlan plan = builder(network, sgd(), examples).initial(parameters).build()) {
      plan.step(all(examples), 0, 4, 1e-3);
      assertThat(plan.metrics().loss()).isCloseTo(0.685406, within(1e-6));
      double[] expected = {
        0.092454, -0.083677, 0.026053, -0.001969, 0, 0, 0, 0, -0.051639, 0.152513, 0, 0, -0.028087, -0.028087, 0.105063,
        -0.050323, 0.027423, -0.050137, -0.028751, -0.008006, -0.105063, 0.050323, -0.027423, 0.050137, 0.028751, 0.008006,
        0.310241, -0.310241
      };
      assertThat(Comparison.difference("gradients", Comparison.doubles(plan.gradients()), expected, 1e-6)).isEmpty();
    }
  }

  /** Of two tables of the same tokens, whose vectors are added, in what is then an image. */
  @Test
  void agreesWithCentralDifferences() {
    Network network =
        network(
            6, new Reshape(3, 2), new Residual(List.of(new Embedding(5, 4)), List.of(new Embedding(7, 4))),
            new Conv2d(2, 3, 1), new LayerNorm(1), new GELU(), new Flatten(), new Linear(3));
    Random random = new Random(3);
    int[] tokens = random.ints(9 * 6, 0, 5).toArray();
    int[] labels = random.ints(9, 0, 3).toArray();
    Examples examples = Examples.of(Features.of(tokens, 6), Targets.classes(labels, 3));
    float[] parameters = network.initialParameters(2);
    double[] batch = Arrays.stream(tokens).asDoubleStream().toArray();
    double[] point = Comparison.doubles(parameters);
    try (TrainingPlan plan = builder(network, sgd(), examples).initial(parameters).microBatch(4).build()) {
      plan.step(all(examples), 0, 9, 1e-3);
      assertThat(plan.metrics().loss()).isCloseTo(loss(network, point, batch, labels), within(1e-5));
      float[] gradients = plan.gradients();
      for (int i = 0; i < point.length; i++) {
        double at = point[i];
        point[i] = at + 1e-6;
        double above = loss(network, point, batch, labels);
        point[i] = at - 1e-6;
        double below = loss(network, point, batch, labels);
        point[i] = at;
        assertThat((double) gradients[i]).as("gradient %d", i).isCloseTo((above - below) / 2e-6, within(1e-5));
      }
    }
  }

  private static double loss(Network network, double[] point, double[] batch, int[] labels) {
    double[] logits = ReferenceNetwork.training(network, 1, 0).logits(point, batch, labels.length);
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      sum += LossReference.crossEntropy(Arrays.copyOfRange(logits, 3 * row, 3 * row + 3), labels[row]).loss();
    }
    return sum / labels.length;
  }

  /** Which of two tokens comes first. */
  @Test
  void learns() {
    int vocabulary = 300;
    Random random = new Random(5);
    int[] tokens = random.ints(2 * 256, 0, vocabulary).toArray();
    int[] labels = IntStream.range(0, 256).map(i -> tokens[2 * i] < tokens[2 * i + 1] ? 1 : 0).toArray();
    Examples examples = Examples.of(Features.of(tokens, 2), Targets.classes(labels, 2));
    Network network = network(2, new Embedding(vocabulary, 3), new Flatten(), new Linear(16), new Tanh(), new Linear(2));
    try (TrainingPlan plan =
        builder(network, new Adam(new AdamHyperparameters()), examples).evaluating(examples).build()) {
      for (int step = 0; step < 200; step++) {
        plan.step(all(examples), 0, 256, .02);
      }
      assertThat(plan.evaluate(examples, () -> false).orElseThrow().metric("accuracy")).isGreaterThan(.95);
    }
  }

  @Test
  void whatDoesNotFitIsOneLine() {
    Targets targets = Targets.classes(new int[2], 2);
    Network tokens = network(3, new Embedding(7, 2), new Flatten(), new Linear(2));
    Network numbers = network(3, new Linear(2));
    Examples words = Examples.of(Features.of(new int[] {0, 1, 2, 3, 7, 6}, 3), targets);
    refused(
        "example 1 has the token 7, and the network knows 0 to 6: give its Embedding more entries",
        () -> builder(tokens, sgd(), words).build());
    refused("tokens takes no tokens: it has no Embedding", () -> builder(numbers, sgd(), words).build());
    refused(
        "tokens takes tokens, not floats",
        () -> builder(tokens, sgd(), Examples.of(Features.of(new float[6], 3), targets)).build());
    Preprocessing normalized = new Preprocessing(null, new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));
    refused(
        "normalization is of numbers, not of tokens; leave it out",
        () ->
            builder(network(3, new Embedding(8, 2), new Flatten(), new Linear(2)), sgd(), words)
                .preprocessing(normalized)
                .build());
    refused(
        "layer 1 is an Embedding, which takes tokens, the network's input; what it is given there a layer has computed:"
            + " put it in front",
        () -> network(3, new Linear(2), new Embedding(7, 2), new Flatten()));
    refused(
        "layer 0 is an Embedding of 0 tokens in 2 dimensions; both have to be positive",
        () -> network(3, new Embedding(0, 2), new Flatten()));
    refused("example 1 has the token -1; tokens are 0 to 16777215", () -> Features.of(new int[] {0, 1, 2, -1}, 2));
    refused("2 examples of 3 are 6 tokens, not 7", () -> Features.of(new int[7], 3));
  }

  private static void refused(String message, Runnable what) {
    assertThatIllegalArgumentException().isThrownBy(what::run).withMessage(message);
  }
}
