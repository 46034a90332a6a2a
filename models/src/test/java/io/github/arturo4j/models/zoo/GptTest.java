// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.optimizer.Adam;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.NetworkArrays;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.plan.DeviceExamples;
import io.github.arturo4j.models.plan.ExampleBatch;
import io.github.arturo4j.models.plan.NetworkTasks;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A tiny language model against PyTorch's numbers, of which {@code gpt-golden.txt} tells. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class GptTest {
  private static final int VOCABULARY = 11;
  private static final int CONTEXT = 8;
  private static final int WIDTH = 16;
  private static final int EXAMPLES = 3;
  private static final int ROWS = 4; // one of them padding
  private static final int STEPS = 5;

  private static final Network NETWORK = network(0);
  private static final Map<String, double[]> GOLDEN = new LinkedHashMap<>();

  private final TornadoDevice device;

  GptTest(Devices.Entry entry) {
    device = entry.device();
  }

  private static Network network(double dropout) {
    return new Network("gpt", new Shape(CONTEXT), Gpt.layers(VOCABULARY, CONTEXT, WIDTH, 2, 2, dropout));
  }

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = GptTest.class.getResourceAsStream("/gpt-golden.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        String[] words = line.split(" ");
        if (!line.startsWith("#")) {
          GOLDEN.put(words[0], Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray());
        }
      }
    }
  }

  private static float[] parameters() {
    float[] parameters = new float[NETWORK.parameterCount()];
    for (ParameterSpec spec : NETWORK.parameters()) {
      for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
        double value = (37 * i % 101 - 50) / 250.0;
        parameters[i] = (float) (spec.norm() && spec.name().endsWith("weight") ? 1 + value : value);
      }
    }
    return parameters;
  }

  private static Examples examples() {
    int[] tokens = IntStream.range(0, EXAMPLES * CONTEXT).map(i -> (7 * i + i * i) % VOCABULARY).toArray();
    int[] next = IntStream.range(0, EXAMPLES * CONTEXT).map(i -> (5 * i + 3) % VOCABULARY).toArray();
    Arrays.fill(next, CONTEXT + 6, 2 * CONTEXT, Targets.Classes.IGNORED);
    return Examples.of(Features.of(tokens, CONTEXT), Targets.classes(next, VOCABULARY, CONTEXT));
  }

  @Test
  void tensorsHaveNanoGptsNames() {
    List<String> names = NETWORK.parameters().stream().map(ParameterSpec::name).toList();
    assertThat(GOLDEN.keySet()).containsAll(names).hasSize(2 * names.size() + 3);
    assertThat(names).startsWith("transformer.wte.weight", "transformer.wpe.weight", "transformer.h.0.ln_1.weight")
        .contains("transformer.h.1.attn.c_attn.weight", "transformer.h.1.mlp.c_fc.bias")
        .endsWith("transformer.ln_f.weight", "transformer.ln_f.bias");
  }

  /** Weights are normal: of so many values, the root of the mean square is within a tenth of the deviation. */
  @Test
  void beginsAsGpt2() {
    float[] initial = NETWORK.initialParameters(1);
    for (ParameterSpec spec : NETWORK.parameters()) {
      double squares = 0;
      for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
        squares += (double) initial[i] * initial[i];
      }
      boolean weight = spec.name().endsWith("weight");
      double expected = spec.norm() && weight ? 1 : !weight ? 0 : spec.name().endsWith("c_proj.weight") ? .01 : .02;
      assertThat(Math.sqrt(squares / spec.size())).as(spec.name()).isCloseTo(expected, within(.15 * expected));
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesPyTorchsLogitsLossAndGradients(KernelShape shape) {
    FloatArray parameters = FloatArray.fromArray(parameters());
    FloatArray gradients = new FloatArray(parameters.getSize());
    gradients.init(Float.NaN);
    BatchControl control = new BatchControl(0);
    ExampleBatch batch =
        new ExampleBatch(new DeviceExamples(examples()), Preprocessing.NONE, new CrossEntropy(), ROWS);
    batch.choose(new int[] {0, 1, 2}, 0, EXAMPLES);
    control.set(EXAMPLES, true, 0, 0);
    KernelGraph graph = new KernelGraph("step", device, shape).once(parameters, gradients);
    NetworkTasks tasks =
        NetworkTasks.addTraining(graph, NETWORK, batch, new NetworkArrays(parameters, gradients, null, control));
    FloatArray logits = tasks.outputs().values();
    graph.result(logits, gradients);
    try (GraphPlan plan = graph.plan()) {
      plan.execute().transferToHost(logits, gradients, batch.sums());
    }
    check("logits", logits, 0, 1e-5);
    assertThat(batch.lossSum() / (EXAMPLES * CONTEXT - 2)).isCloseTo(GOLDEN.get("loss")[0], within(1e-5));
    for (ParameterSpec spec : NETWORK.parameters()) {
      check(spec.name(), gradients, spec.offset(), 1e-6);
    }
  }

  private static void check(String name, FloatArray actual, int offset, double tolerance) {
    double[] expected = GOLDEN.get(name);
    for (int i = 0; i < expected.length; i++) {
      double error = tolerance * (1 + 3 * Math.abs(expected[i])); // which has six digits
      assertThat((double) actual.get(offset + i)).as("%s[%d]", name, i).isCloseTo(expected[i], within(error));
    }
  }

  @Test
  void stepsOfAdamArePyTorchs() {
    Examples examples = examples();
    try (TrainingPlan plan =
        TrainingPlan.builder(NETWORK, new Adam(new AdamHyperparameters()), examples, device)
            .initial(parameters()).batchSize(EXAMPLES).evaluating(examples).build()) {
      for (int step = 0; step < STEPS; step++) {
        plan.step(new int[] {0, 1, 2}, 0, EXAMPLES, 3e-3);
        assertThat(plan.metrics().loss()).as("before step %d", step).isCloseTo(GOLDEN.get("losses")[step], within(2e-5));
      }
      double after = plan.evaluate(examples, () -> false).orElseThrow().loss();
      assertThat(after).isCloseTo(GOLDEN.get("losses")[STEPS], within(2e-5));
      float[] trained = plan.parameters();
      for (ParameterSpec spec : NETWORK.parameters()) {
        double squares = 0;
        double product = 0;
        for (int i = 0; i < spec.size(); i++) {
          boolean ofKey = spec.name().endsWith("c_attn.bias") && i >= WIDTH && i < 2 * WIDTH;
          double value = ofKey ? 0 : trained[spec.offset() + i];
          squares += value * value;
          product += value * (3 * i % 7 - 3);
        }
        double[] expected = GOLDEN.get("trained." + spec.name());
        assertThat(Math.sqrt(squares)).as(spec.name()).isCloseTo(expected[0], within(1e-4 * expected[0]));
        assertThat(product).as(spec.name()).isCloseTo(expected[1], within(2e-4 * (expected[0] + Math.abs(expected[1]))));
      }
    }
  }

  /** With all its dropouts it still learns the batch, and evaluates without them. */
  @Test
  void learnsWithDropout() {
    Examples examples = examples();
    try (TrainingPlan plan =
        TrainingPlan.builder(network(.1), new Adam(new AdamHyperparameters()), examples, device)
            .batchSize(EXAMPLES).evaluating(examples).seed(3).build()) {
      for (int step = 0; step < 150; step++) {
        plan.step(new int[] {0, 1, 2}, 0, EXAMPLES, 1e-2);
      }
      assertThat(plan.evaluate(examples, () -> false).orElseThrow().loss()).isLessThan(.2);
    }
  }
}
