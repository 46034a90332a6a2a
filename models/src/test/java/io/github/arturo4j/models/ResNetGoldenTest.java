// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.NetworkArrays;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.plan.DeviceExamples;
import io.github.arturo4j.models.plan.ExampleBatch;
import io.github.arturo4j.models.plan.NetworkTasks;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A ResNet-18 on one small batch against PyTorch's numbers, of which {@code resnet18-golden.txt} tells. On the first
 * device only, because a slow one takes minutes.
 */
class ResNetGoldenTest {
  private static final int IMAGES = 4;
  private static final int ROWS = 5; // one of them padding
  private static final double LOGITS = 1e-4;

  /**
   * Three times what the JVM device is off, in float, with its own order of the sums; PyTorch in float is 5e-5 off. For
   * products with random vectors, relative to what is to be expected of one that has nothing to do with the gradient;
   * else to the number itself.
   */
  private static final double GRADIENTS = 5e-4;

  /** Of sums of gradients, relative to the sum or the norm: the errors of an output's gradient share their sign. */
  private static final double SUMS = 2e-3;

  private static final double BUFFERS = 1e-5;

  private static final Network NETWORK = ModelZoo.create("fmnist_resnet18");
  private static final Map<String, double[]> GOLDEN = new LinkedHashMap<>();

  private final TornadoDevice device = Devices.find(null).device();

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = ResNetGoldenTest.class.getResourceAsStream("/resnet18-golden.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        String[] words = line.split(" ");
        if (!line.startsWith("#")) {
          GOLDEN.put(words[0], Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray());
        }
      }
    }
  }

  private static float parameter(ParameterSpec spec, double u) {
    int[] shape = spec.shape();
    if (shape.length == 4) {
      return (float) (u * Math.sqrt(6.0 / (shape[0] * shape[2] * shape[3])));
    }
    if (spec.name().startsWith("fc")) {
      return (float) (u / Math.sqrt(512));
    }
    return (float) (spec.name().endsWith("weight") ? 1 + 0.2 * u : 0.2 * u);
  }

  private static Weights weights() {
    float[] parameters = new float[NETWORK.parameterCount()];
    List<ParameterSpec> specs = NETWORK.parameters();
    for (int t = 0; t < specs.size(); t++) {
      for (int i = 0; i < specs.get(t).size(); i++) {
        parameters[specs.get(t).offset() + i] = parameter(specs.get(t), Hash.uniform(t, i));
      }
    }
    float[] buffers = new float[NETWORK.bufferCount()];
    specs = NETWORK.buffers();
    for (int t = 0; t < specs.size(); t++) {
      for (int i = 0; i < specs.get(t).size(); i++) {
        double u = Hash.uniform(1000 + t, i);
        buffers[specs.get(t).offset() + i] =
            (float) (specs.get(t).name().endsWith("mean") ? 0.1 * u : 1 + 0.2 * u);
      }
    }
    return new Weights(parameters, buffers);
  }

  private static ImageSet images() {
    byte[] pixels = new byte[IMAGES * 784];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (Hash.bits(2000, i) >>> 24);
    }
    byte[] labels = new byte[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = (byte) ((3 * i + 1) % 10);
    }
    return new ImageSet(pixels, labels, IMAGES, 1, 28, 28, 10);
  }

  /** What one execution leaves behind. */
  private record Results(float[] logits, float[] gradients, float[] buffers, double loss) {}

  private Results execute(boolean training) {
    Weights weights = weights();
    FloatArray parameters = FloatArray.fromArray(weights.parameters());
    FloatArray buffers = FloatArray.fromArray(weights.buffers());
    FloatArray gradients = new FloatArray(parameters.getSize());
    gradients.init(Float.NaN);
    BatchControl control = new BatchControl(0);
    ExampleBatch images = new ExampleBatch(new DeviceExamples(images()), Preprocessing.NONE, new CrossEntropy(), ROWS);
    images.choose(IntStream.range(0, IMAGES).toArray(), 0, IMAGES);
    control.set(IMAGES, true, 0, 0);
    KernelProgram program = new KernelProgram(device);
    KernelGraph once = program.section("once");
    KernelGraph graph = program.section("golden").once(parameters, buffers);
    NetworkArrays arrays = new NetworkArrays(parameters, gradients, buffers, control);
    NetworkTasks tasks;
    if (training) {
      graph.once(gradients).result(gradients);
      tasks = NetworkTasks.addTraining(graph, NETWORK, images, arrays);
    } else {
      tasks = NetworkTasks.addEvaluation(once, graph, NETWORK, images, arrays);
    }
    FloatArray logits = tasks.outputs().values();
    graph.result(logits, buffers);
    try (GraphPlan plan = graph.plan()) {
      plan.execute("once");
      var result = plan.execute("golden");
      result.transferToHost(logits, buffers);
      result.transferToHost(images.sums());
      if (training) {
        result.transferToHost(gradients);
      }
      return new Results(
          logits.toHeapArray(), gradients.toHeapArray(), buffers.toHeapArray(), images.lossSum() / IMAGES);
    }
  }

  private static void checkLogits(String mode, Results results) {
    double[] logits = GOLDEN.get(mode + ".logits");
    assertThat(logits).hasSize(IMAGES * 10);
    for (int i = 0; i < logits.length; i++) {
      assertThat((double) results.logits[i]).as("%s.logits[%d]", mode, i).isCloseTo(logits[i], within(LOGITS));
    }
    assertThat(results.loss).as(mode).isCloseTo(GOLDEN.get(mode + ".loss")[0], within(LOGITS));
  }

  /** Compares norm, sum, the products with two vectors of random numbers, and the greatest elements of a tensor. */
  private static void checkTensor(int tensor, ParameterSpec spec, float[] all, double tolerance, double sums) {
    float[] values = Arrays.copyOfRange(all, spec.offset(), spec.offset() + spec.size());
    double[] expected = GOLDEN.get(spec.name());
    assertThat(expected).as(spec.name()).hasSize(12);
    double norm = expected[0];
    check(spec, "norm", Math.sqrt(product(i -> values[i], values)), norm, tolerance * norm);
    check(spec, "sum", product(i -> 1, values), expected[1], sums * Math.max(norm, Math.abs(expected[1])));
    for (int k = 0; k < 2; k++) {
      int vector = 3000 + 2000 * k + tensor;
      // The root mean square of uniform numbers in [−1, 1) is 1 / √3: such is the product where the two are unrelated.
      double error = tolerance * norm / Math.sqrt(3);
      check(spec, "product " + k, product(i -> Hash.uniform(vector, i), values), expected[2 + k], error);
    }
    for (int k = 4; k < expected.length; k += 2) {
      int i = (int) expected[k];
      check(spec, "element " + i, values[i], expected[k + 1], tolerance * Math.abs(expected[k + 1]));
    }
  }

  private static double product(IntToDoubleFunction vector, float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> vector.applyAsDouble(i) * values[i]).sum();
  }

  private static void check(ParameterSpec spec, String what, double actual, double expected, double error) {
    assertThat(actual).as("%s, %s", spec.name(), what).isCloseTo(expected, within(error));
  }

  @Test
  void evaluationGivesPyTorchsLogitsAndLoss() {
    Results results = execute(false);
    checkLogits("eval", results);
    assertThat(results.buffers).isEqualTo(weights().buffers());
  }

  @Test
  void trainingGivesPyTorchsLogitsLossGradientsAndRunningStatistics() {
    Results results = execute(true);
    checkLogits("train", results);
    for (int t = 0; t < NETWORK.parameters().size(); t++) {
      checkTensor(t, NETWORK.parameters().get(t), results.gradients, GRADIENTS, SUMS);
    }
    for (int t = 0; t < NETWORK.buffers().size(); t++) {
      checkTensor(1000 + t, NETWORK.buffers().get(t), results.buffers, BUFFERS, BUFFERS);
    }
    assertThat(GOLDEN).hasSize(4 + NETWORK.parameters().size() + NETWORK.buffers().size());
  }
}
