// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.LossReference;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.ReferenceNetwork;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Networks of tokens with attention, and tensors that layers share, against central differences. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class SequenceTest {
  private static final int COUNT = 5;
  private static final int POSITIONS = 4;
  private static final int VOCABULARY = 7;
  private static final String TABLE = "wte.weight";

  private final TornadoDevice device;

  SequenceTest(Devices.Entry entry) {
    device = entry.device();
  }

  private static Network network(String name, Layer... layers) {
    return new Network(name, new Shape(POSITIONS), List.of(layers));
  }

  private static Named table(int dimensions) {
    return new Named("wte", new Embedding(VOCABULARY, dimensions));
  }

  static List<Network> networks() {
    return List.of(
        network("tied", table(6), new Tanh(), new TiedLinear(TABLE)),
        network("tied twice", table(5), new TiedLinear(TABLE), new GELU(), new Linear(5), new TiedLinear(TABLE)),
        network("tied in a path", table(7), new Residual(List.of(new TiedLinear(TABLE), new ReLU()), List.of())),
        network(
            "tied to a linear layer", table(3), new Named("up", new Linear(VOCABULARY, false)), new Tanh(), new Linear(3),
            new TiedLinear("up.weight")),
        network(
            "attention", table(6), new PositionalEmbedding(9, .5), new Dropout(.2),
            new Residual(List.of(new LayerNorm(1), new MultiHeadAttention(2, true, .3), new Dropout(.1)), List.of()),
            new LayerNorm(1), new TiedLinear(TABLE)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void agreesWithCentralDifferences(Network network) {
    Random random = new Random(3);
    int[] tokens = random.ints(COUNT * POSITIONS, 0, VOCABULARY - 1).toArray(); // one is nobody's
    int[] labels = random.ints(COUNT * POSITIONS, 0, VOCABULARY).toArray();
    Examples examples = Examples.of(Features.of(tokens, POSITIONS), Targets.classes(labels, VOCABULARY, POSITIONS));
    float[] parameters = network.initialParameters(2);
    double[] batch = Arrays.stream(tokens).asDoubleStream().toArray();
    for (Network each : List.of(network, network.withoutFusion())) {
      Sgd sgd = new Sgd(SgdHyperparameters.builder().momentum(0).build());
      try (TrainingPlan plan =
          TrainingPlan.builder(each, sgd, examples, device)
              .initial(parameters).batchSize(COUNT).microBatch(3).seed(1).build()) {
        plan.step(IntStream.range(0, COUNT).toArray(), 0, COUNT, 1e-3);
        double[] point = Comparison.doubles(parameters);
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
  }

  private static double loss(Network network, double[] point, double[] batch, int... labels) {
    double[] logits = ReferenceNetwork.training(network, 1, 0).logits(point, batch, COUNT);
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum +=
          LossReference.crossEntropy(Arrays.copyOfRange(logits, VOCABULARY * i, VOCABULARY * (i + 1)), labels[i]).loss();
    }
    return sum / labels.length;
  }

  @Test
  void aTensorThatIsSharedIsThereOnce() {
    assertThat(networks().getFirst().parameters()).extracting(ParameterSpec::name).containsExactly(TABLE);
    assertThat(networks().get(1).parameters()).extracting(ParameterSpec::name).containsExactly(TABLE, "3.weight", "3.bias");
  }

  /** Stages have names of their own, though two layers have the same path. */
  @Test
  void layersWithoutANameAreInTheirPlace() {
    Named block =
        new Named(
            "h",
            new Sequential(
                new Named("", new Residual(List.of(new Named("ln_1", new LayerNorm(1)), new Dropout(.1)), List.of())),
                new Named("", new Residual(List.of(new Named("ln_2", new LayerNorm(1)), new Dropout(.1)), List.of()))));
    Network network = network("block", table(3), block);
    assertThat(network.parameters()).extracting(ParameterSpec::name)
        .containsExactly(TABLE, "h.ln_1.weight", "h.ln_1.bias", "h.ln_2.weight", "h.ln_2.bias");
    assertThat(network.stages()).extracting(Stage::name).doesNotHaveDuplicates();
  }

  @Test
  void rulesSayHowTensorsBegin() {
    Initializer.Normal small = new Initializer.Normal(.001);
    Initializer.Normal inner = new Initializer.Normal(3);
    Initializer.Constant zero = new Initializer.Constant(0);
    Network network =
        network(
            "initialised", table(4),
            new InitializedTensors(
                new Sequential(
                    new LayerNorm(1), new MultiHeadAttention(2, true),
                    new InitializedTensors(new Linear(4), Map.of("weight", inner))),
                Map.of("weight", small, "c_proj.weight", new Initializer.Normal(1), "bias", zero)));
    assertThat(network.parameters()).extracting(ParameterSpec::initial)
        .containsExactly(
            new Initializer.Normal(1), new Initializer.Constant(1), zero, small, zero, new Initializer.Normal(1), zero, inner,
            zero);
    refused(
        "layer 1 has no tensor whose name ends with gain",
        () -> network("wrong", table(4), new InitializedTensors(new Linear(4), Map.of("gain", zero))));
  }

  @Test
  void whatDoesNotFitIsOneLine() {
    refused(
        "layer 1 shares the tensor wpe.weight, which has to be the weight of an Embedding, or of a Linear without bias, in"
            + " front of it",
        () -> network("x", table(3), new TiedLinear("wpe.weight")));
    refused(
        "layer 2 shares the tensor 1.weight, which has to be the weight of an Embedding, or of a Linear without bias, in"
            + " front of it",
        () -> network("x", table(3), new Linear(3), new TiedLinear("1.weight")));
    refused(
        "layer 2 multiplies by wte.weight of 7×3, and its input is 4×5: the last sizes have to be equal",
        () -> network("x", table(3), new Linear(5), new TiedLinear(TABLE)));
    refused(
        "layer 1 is an attention of 2 heads over 3 dimensions; the heads have to divide them",
        () -> network("x", table(3), new MultiHeadAttention(2, true)));
    refused(
        "layer 1 has a dropout of 1.0; it must be in [0, 1)",
        () -> network("x", table(3), new MultiHeadAttention(3, true, 1)));
    refused(
        "layer 2 is an attention over positions×dimensions, and its input is 12",
        () -> network("x", table(3), new Flatten(), new MultiHeadAttention(3, true)));
    refused(
        "layer 1 has vectors for 3 positions, and its input has 4: give it more, or shorter examples",
        () -> network("x", table(3), new PositionalEmbedding(3)));
    refused(
        "only a layer in another layer may have an empty name, not ReLU[]", () -> network("x", new Named("", new ReLU())));
    Network wide =
        new Network("wide", new Shape(1000), List.of(new Embedding(3, 2), new Linear(6000)));
    Examples examples = Examples.of(Features.of(new int[100_000], 1000), Targets.classes(new int[100_000], 3, 1000));
    refused(
        "linear1 needs 2,400,000,000 bytes for 100 examples at a time; a device array takes 2 GiB at most: choose a smaller"
            + " batch",
        () -> TrainingPlan.builder(wide, new Sgd(new SgdHyperparameters()), examples, device).build());
  }

  private static void refused(String message, Runnable what) {
    assertThatIllegalArgumentException().isThrownBy(what::run).withMessage(message);
  }
}
