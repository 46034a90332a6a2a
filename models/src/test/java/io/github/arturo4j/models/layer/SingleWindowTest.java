// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.ConvolutionReference;
import io.github.arturo4j.kernels.reference.ReluReference;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Convolutions that put out one pixel, against the sums of a convolution in double. */
class SingleWindowTest {
  private static final TornadoDevice DEVICE = Devices.find(null).device();
  private static final int BATCH = 7;
  private static final int WEIGHT = 3;

  private static FloatArray normal(int n, int seed) {
    Random random = new Random(seed);
    FloatArray array = new FloatArray(n);
    for (int i = 0; i < n; i++) {
      array.set(i, (float) random.nextGaussian());
    }
    return array;
  }

  private static FloatArray garbage(int n) {
    FloatArray array = new FloatArray(n);
    array.init(Float.NaN);
    return array;
  }

  private static void check(String what, FloatArray actual, double[] expected) {
    assertThat(Comparison.difference(what, Comparison.doubles(actual), expected, 1e-5)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "5, 1, 1, 4, 3, 1, 1", // a ResNet's last on small images,
    "3, 2, 2, 6, 3, 2, 1", // and the one before
    "3, 2, 1, 6, 3, 2, 1", "2, 3, 2, 3, 3, 3, 1", "2, 5, 5, 4, 5, 1, 0", "2, 1, 1, 3, 5, 1, 2", "2, 4, 2, 3, 3, 4, 1" // no tap on a row
  })
  void areLinearLayers(int channels, int height, int width, int out, int kernel, int stride, int padding) {
    for (boolean biased : new boolean[] {true, false}) {
      ConvolutionShape s = new ConvolutionShape(BATCH, channels, height, width, out, kernel, stride, padding);
      Conv2d layer = new Conv2d(out, kernel, stride, padding, biased);
      Shape in = new Shape(channels, height, width);
      assertThat(SingleWindow.fits(layer, in, new Shape(out, s.outHeight(), s.outWidth()))).isTrue();
      int bias = WEIGHT + s.weightSize() + 2;
      ParameterSpec weight = spec(WEIGHT, out, channels, kernel, kernel);
      LinearMap map = new SingleWindow(layer, in, weight, biased ? spec(bias, out) : null);
      FloatArray x = normal(s.inputSize(), 1);
      FloatArray parameters = normal(bias + out + 1, 2);
      FloatArray dy = normal(s.outputSize(), 3);
      FloatArray y = garbage(s.outputSize());
      FloatArray rectified = garbage(s.outputSize());
      FloatArray dx = garbage(s.inputSize());
      FloatArray gradients = garbage(parameters.getSize());
      KernelGraph graph = new KernelGraph("layer", DEVICE).once(x, parameters, dy, y, rectified, dx, gradients);
      LinearAlgebra algebra = LinearAlgebra.forGraph(graph);
      map.addForward(graph, "forward", algebra, x, parameters, y, BATCH, false);
      map.addForward(graph, "relu", algebra, x, parameters, rectified, BATCH, true);
      map.addBackwardParameters(graph, "parameters", algebra, x, dy, gradients, BATCH);
      map.addBackwardInput(graph, "input", algebra, dy, parameters, dx, BATCH);
      assertThat(graph.tasks()).allSatisfy(task -> assertThat(task.cost()).as(task.name()).isPresent());
      graph.result(y, rectified, dx, gradients);
      try (GraphPlan plan = graph.plan()) {
        plan.execute().transferToHost(y, rectified, dx, gradients);
      }
      ConvolutionReference reference = new ConvolutionReference(s);
      int biases = biased ? bias : LinearAlgebra.NO_BIAS;
      double[] output = reference.forward(Comparison.doubles(x), Comparison.doubles(parameters), WEIGHT, biases);
      double[] upstream = Comparison.doubles(dy);
      check("y", y, output);
      check("max(0, y)", rectified, ReluReference.forward(output));
      check("dx", dx, reference.backwardInput(upstream, Comparison.doubles(parameters), WEIGHT));
      double[] expected = reference.backwardParameters(Comparison.doubles(x), upstream, WEIGHT, biases, gradients.getSize());
      check("gradients", guarded(gradients, expected), expected);
    }
  }

  /** TornadoVM does not upload what tasks only write: on its devices, what no task writes is anything. */
  private static FloatArray guarded(FloatArray actual, double[] expected) {
    if (!DeviceTraits.of(DEVICE).plainJvm()) {
      for (int i = 0; i < expected.length; i++) {
        actual.set(i, Double.isNaN(expected[i]) ? Float.NaN : actual.get(i));
      }
    }
    return actual;
  }

  private static ParameterSpec spec(int offset, int... sizes) {
    return new ParameterSpec("0", sizes, offset, Arrays.stream(sizes).reduce(1, (a, b) -> a * b), new Initializer.Constant(0), false);
  }

  /** The kernel of a whole image has the weights of the linear layer already; no others have more multiplications than they need. */
  @ParameterizedTest
  @CsvSource({"5, 5, 0, 1", "1, 3, 1, 2", "3, 3, 1, 1", "4, 3, 0, 1"})
  void othersAreConvolutions(int size, int kernel, int padding, int tasks) {
    NetworkBuilder builder = new NetworkBuilder(Value.of(new Shape(2, size, size)));
    new Conv2d(4, kernel, 1, padding, false).addTo(builder, "0");
    Activation images = Activation.images(normal(BATCH * 2 * size * size, 1));
    StageSite site = new StageSite(BATCH, List.of(images), LinearAlgebra.forDevice(DEVICE), new ArrayPool());
    KernelGraph graph = new KernelGraph("layer", DEVICE);
    builder.stages().getFirst().tasks(site).addForward(
        ForwardPass.training(graph, new NetworkArrays(normal(1000, 2), null, null, null)));
    List<String> names = graph.tasks().stream().map(GraphTask::name).toList();
    assertThat(names.stream().anyMatch(name -> name.endsWith("Window"))).isEqualTo(tasks == 2);
  }
}
