// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.reference.Comparison;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What PyTorch's layers put out for a batch of two, and their gradients. From PyTorch 1.13.0 on a CPU in double, rounded
 * to six places, with {@code fill(n, a, m, c, d)} being {@code torch.tensor([((a*i) % m - c)/d for i in range(n)])}:
 *
 * <pre>{@code
 * x = fill(n, 7, 11, 5, 4); parameters = fill(k, 5, 7, 3, 8), one tensor behind the other
 * y = layer(x); y.backward(fill(y.numel(), 3, 5, 2, 2))
 * }</pre>
 */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class LayerPyTorchTest {
  private static final int BATCH = 2;
  private static final double TOLERANCE = 1e-6;

  private final TornadoDevice device;

  LayerPyTorchTest(Devices.Entry entry) {
    device = entry.device();
  }

  /** Layer, shape of its input, and PyTorch's output, gradient of the input, and gradient of the parameters. */
  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of(new GELU(), new Shape(6),
            "-0.132062 0.345731 -0.154269 1.117938 0.149677 -0.169971 0.841345 0 -0.158655 0.580029 -0.100323 "
            + "-0.132062",
            "0.122662 0.433748 -0.066252 1.122662 0 -0.000774 0.541658 -0.25 -0.083315 0 -0.304627 -0.061331",
            ""),
        Arguments.of(new SiLU(), new Shape(6),
            "-0.278375 0.31123 -0.18877 0.971625 0.140544 -0.240616 0.731059 0 -0.268941 0.509384 -0.109456 "
            + "-0.278375",
            "-0.006319 0.369981 -0.130019 0.993681 0 -0.1574 0.463835 -0.25 0.072329 0 -0.37629 0.00316",
            ""),
        Arguments.of(new LeakyReLU(), new Shape(6),
            "-0.0125 0.5 -0.005 1.25 0.25 -0.0075 1 0 -0.01 0.75 -0.0025 -0.0125",
            "-0.01 0.5 -0.005 1 0 -0.01 0.5 -0.005 0.01 0 -0.01 0.005",
            ""),
        Arguments.of(new LeakyReLU(0.3), new Shape(6),
            "-0.375 0.5 -0.15 1.25 0.25 -0.225 1 0 -0.3 0.75 -0.075 -0.375",
            "-0.3 0.5 -0.15 1 0 -0.3 0.5 -0.15 0.3 0 -0.3 0.15",
            ""),
        Arguments.of(new Sigmoid(), new Shape(6),
            "0.2227 0.622459 0.377541 0.7773 0.562177 0.320821 0.731059 0.5 0.268941 0.679179 0.437823 0.2227",
            "-0.173105 0.117502 -0.117502 0.173105 0 -0.217895 0.098306 -0.125 0.196612 0 -0.246134 0.086552",
            ""),
        Arguments.of(new Tanh(), new Shape(6),
            "-0.848284 0.462117 -0.462117 0.848284 0.244919 -0.635149 0.761594 0 -0.761594 0.635149 -0.244919 "
            + "-0.848284",
            "-0.280415 0.393224 -0.393224 0.280415 0 -0.596586 0.209987 -0.5 0.419974 0 -0.940015 0.140207",
            ""),
        Arguments.of(new Softmax(), new Shape(3, 2),
            "0.131602 0.293815 0.278601 0.622006 0.589798 0.084179 0.703314 0.293815 0.095183 0.622006 "
            + "0.201503 0.084179",
            "-0.09595 -0.054278 -0.063827 0.196097 0.159777 -0.14182 0.179108 -0.11611 0.071831 0.065197 "
            + "-0.250939 0.050913",
            ""),
        Arguments.of(new Softmax(), new Shape(4),
            "0.047497 0.273325 0.100551 0.578628 0.234539 0.086282 0.496519 0.182659",
            "-0.076827 -0.032121 -0.112367 0.221315 -0.01657 -0.092378 0.213182 -0.104234",
            ""),
        Arguments.of(new AvgPool2d(2), new Shape(1, 4, 5),
            "-0.125 -0.0625 -0.5 0.25 0.5 -0.125 0.125 -0.5",
            "-0.25 -0.25 0.125 0.125 0 -0.25 -0.25 0.125 0.125 0 -0.125 -0.125 0.25 0.25 0 -0.125 -0.125 0.25 "
            + "0.25 0 0 0 -0.25 -0.25 0 0 0 -0.25 -0.25 0 0.125 0.125 -0.125 -0.125 0 0.125 0.125 -0.125 -0.125 "
            + "0",
            ""),
        Arguments.of(new AvgPool2d(3, 2, 1), new Shape(1, 4, 3),
            "0.083333 -0.055556 0.333333 -0.333333 -0.055556 0.111111 -0.333333 -0.083333",
            "-0.111111 -0.055556 0.055556 -0.166667 0 0.166667 -0.055556 0.055556 0.111111 -0.055556 0.055556 "
            + "0.111111 0 -0.111111 -0.111111 0.055556 -0.111111 -0.166667 0.055556 0 -0.055556 0.055556 0 "
            + "-0.055556",
            ""),
        Arguments.of(new AdaptiveAvgPool2d(2, 3), new Shape(1, 5, 4),
            "-0.25 0.125 0.041667 0 0.375 -0.166667 0.375 -0.166667 -0.25 0.166667 -0.375 0",
            "-0.166667 -0.083333 0 -0.083333 -0.166667 -0.083333 0 -0.083333 0 0.083333 -0.166667 -0.25 "
            + "0.166667 0.166667 -0.166667 -0.166667 0.166667 0.166667 -0.166667 -0.166667 0.083333 0 0.083333 "
            + "0.166667 0.083333 0 0.083333 0.166667 0.083333 -0.166667 0 0.25 0 -0.166667 -0.083333 0.083333 0 "
            + "-0.166667 -0.083333 0.083333",
            ""),
        Arguments.of(new AdaptiveAvgPool2d(3, 3), new Shape(1, 2, 4),
            "-0.375 0 0.375 -0.3125 0.0625 0.4375 -0.25 0.125 0.5 -0.125 0.25 -0.75 -0.0625 0.3125 0 0 0.375 "
            + "0.75",
            "-0.25 0 -0.25 -0.5 0.5 0.25 0 0.25 -0.125 -0.375 0 0.25 -0.625 -0.125 0.25 -0.25",
            ""),
        Arguments.of(new Upsample(2), new Shape(1, 2, 3),
            "-1.25 -1.25 0.5 0.5 -0.5 -0.5 -1.25 -1.25 0.5 0.5 -0.5 -0.5 1.25 1.25 0.25 0.25 -0.75 -0.75 1.25 "
            + "1.25 0.25 0.25 -0.75 -0.75 1 1 0 0 -1 -1 1 1 0 0 -1 -1 0.75 0.75 -0.25 -0.25 -1.25 -1.25 0.75 "
            + "0.75 -0.25 -0.25 -1.25 -1.25",
            "-0.5 1.5 -1.5 1.5 -1.5 0.5 -1.5 0.5 0 0.5 0 -0.5",
            ""),
        Arguments.of(new LayerNorm(1), new Shape(2, 4),
            "0.867396 0.256306 -0.125 -0.703264 0.300001 -0.224996 -0.125 -0.325001 0.646084 0.506526 -0.125 "
            + "-0.113956 0.300001 -0.224996 -0.125 -0.325001",
            "0.06792 0.169791 -0.169791 -0.06792 0.024 -0.168003 -0.131994 0.275996 -0.22801 -0.036271 "
            + "0.129551 0.13473 0.053999 -0.077994 -0.072004 0.096",
            "0.490167 0.262611 0.721639 1.090965 -0.5 0.5 -1 0"),
        Arguments.of(new LayerNorm(), new Shape(2, 3),
            "0.397391 -0.20087 0.25 -0.398012 -0.100745 0.275497 -0.635735 -0.337168 0.25 -0.264826 -0.306748 "
            + "0.204755",
            "0.219451 0.226097 -0.097532 -0.090886 0.033249 -0.29038 -0.017714 -0.01598 0.061418 0.190797 "
            + "-0.337121 0.1186",
            "2.074022 0.272596 -0.810545 1.592048 0.151329 0.115044 -0.5 0 0.5 1 -1 -0.5"),
        Arguments.of(new GroupNorm(2), new Shape(4, 1, 2),
            "0.867396 0.178041 -0.006306 0.453264 -0.125 -0.125 -0.724996 -0.325001 0.646084 -0.197289 "
            + "0.185241 -0.136044 -0.125 -0.125 -0.724996 -0.325001",
            "0.243935 -0.251858 -0.240538 0.248461 0.015999 -0.111996 -0.088002 0.183998 -0.30263 0.12126 "
            + "-0.166861 0.348231 -0.095999 -0.127998 -0.072 0.295996",
            "0.852777 0.812616 -0.099999 0.999987 0.5 0 -0.5 -1"),
        Arguments.of(new GroupNorm(1), new Shape(6),
            "0.397391 -0.20087 0.25 -0.398012 -0.100745 0.275497 -0.635735 -0.337168 0.25 -0.264826 -0.306748 "
            + "0.204755",
            "0.219451 0.226097 -0.097532 -0.090886 0.033249 -0.29038 -0.017714 -0.01598 0.061418 0.190797 "
            + "-0.337121 0.1186",
            "2.074022 0.272596 -0.810545 1.592048 0.151329 0.115044 -0.5 0 0.5 1 -1 -0.5"),
        Arguments.of(new Conv2d(4, 3, 2, 1, 1, 2, true), new Shape(4, 3, 3),
            "-0.6875 -0.0625 0.625 -1.1875 -0.21875 -0.8125 -0.53125 -1.15625 1.5 0.625 0.78125 0.40625 "
            + "0.90625 -0.78125 -0.34375 -0.4375 0.4375 -0.375 0.53125 -1.125 0.375 -1.4375 -0.59375 -1.0625 "
            + "1.4375 -0.3125 -0.96875 1 0.53125 0.15625 -0.34375 -0.15625",
            "-0.375 0.125 -0.0625 0.3125 -0.6875 -0.375 -0.0625 -0.125 0.25 0.125 0.4375 0.1875 -0.0625 0.25 "
            + "0.0625 -0.0625 0.5 0 0.125 0.25 0 0.1875 0.6875 0.25 -0.125 0.0625 0.0625 -0.5625 -0.0625 0.375 "
            + "-0.4375 0.25 -0.4375 0.375 -0.0625 -0.5625 -0.0625 0 -0.0625 -0.375 0.375 0.5 0.25 -0.25 0.25 "
            + "0.1875 -0.625 -0.0625 0.0625 0.3125 -0.4375 0 -0.5625 -0.25 0 -0.625 -0.125 0.25 0.4375 -0.3125 "
            + "0.0625 0.125 -0.0625 0.375 0.25 0.375 -0.4375 0.25 0.1875 -0.5625 -0.0625 0.375",
            "0.25 -0.375 -0.125 0.125 1.25 -0.625 0.125 -0.625 -0.25 -0.5 1.25 -0.5 -0.625 -0.875 -0.625 "
            + "0.125 -0.25 0.125 -0.125 -0.5 0.125 -0.625 -1.75 -0.125 -0.25 -0.75 0 -0.5 0.5 0.125 -0.625 1.75 "
            + "0.625 0.125 -1 0.75 -1.25 0.125 1.875 1.375 -0.25 -1.75 -1.25 -0.5 -1.25 0.125 0.5 -0.5 -0.625 "
            + "1.5 0.625 -0.5 -0.5 0.75 1.875 0.125 -1.25 -1.75 1 -1.75 -1.25 0.125 1.875 -0.5 1.25 -0.5 0.625 "
            + "-1.75 0 0.75 -1 0.125 1 -1 -0.5 0"),
        Arguments.of(new Conv2d(2, 2, 1, 1, 2, 2, false), new Shape(2, 3, 4),
            "0.1875 -0.25 0 0 -0.0625 0.40625 0.4375 0.1875 -0.1875 0.15625 0.28125 -0.375 -0.375 0.09375 "
            + "0.25 0 0.03125 0.71875 -0.3125 0.625 0.125 -0.28125 0.25 0 0 0.25 -0.1875 0 0.625 0.125 -0.53125 "
            + "-0.09375 0 -0.625 0.1875 0.375 0.375 -0.28125 0.21875 -0.09375 -0.15625 0.71875 -0.3125 -0.21875 "
            + "-0.125 0.09375 -0.40625 0.28125",
            "0.375 -0.1875 -0.0625 0.125 0 0.875 -0.3125 -0.125 0 0 0.25 -0.125 -0.1875 0.4375 -0.0625 0.125 "
            + "0.0625 -0.125 0.1875 -0.0625 0.0625 -0.3125 0.1875 -0.375 0 0.625 -0.1875 -0.25 -0.375 -0.125 "
            + "0.875 -0.125 0 -0.25 0 0.25 0.1875 -0.3125 0.4375 -0.0625 -0.3125 -0.125 -0.125 -0.3125 -0.0625 "
            + "0.4375 -0.3125 0.1875",
            "3.875 1.375 4 1.5 -2.75 -3.125 -3.75 -2"),
        Arguments.of(new Conv2d(2, 2, 1, 0, 2, 1, true), new Shape(2, 3, 4),
            "1.125 0.125 -1.09375 -0.65625 0.84375 -0.84375 0.46875 0.21875",
            "0.25 0.0625 -0.25 0.125 0 0 0 0 0.125 -0.25 0.0625 0.25 -0.4375 0.3125 -0.0625 -0.0625 0 0 0 0 "
            + "0.3125 -0.4375 0.25 0.0625 0.125 0.25 0 -0.25 0 0 0 0 -0.125 0.125 0.1875 0.0625 0.0625 -0.4375 "
            + "-0.0625 -0.0625 0 0 0 0 -0.1875 0.3125 0.125 0.25",
            "0.25 1.875 2.625 0.125 -1 -2.125 -1.375 0.25 0.25 2 1.75 -0.625 -0.25 -1.25 -1.5 0.25 -1.5 0.5"),
        Arguments.of(new Linear(3, false), new Shape(4),
            "0.28125 -0.8125 0.28125 -0.28125 -0.125 -0.1875",
            "0.4375 -0.1875 0.0625 -0.125 -0.625 0.25 0.25 -0.625",
            "1.5 -1.25 1.5 -1.25 -0.625 0.25 -0.25 0.625 0.375 0.5 -0.75 -0.625"));
  }

  private static FloatArray fill(int size, int factor, int period, int centre, float divisor) {
    FloatArray values = new FloatArray(Math.max(1, size));
    for (int i = 0; i < values.getSize(); i++) {
      values.set(i, (factor * i % period - centre) / divisor);
    }
    return values;
  }

  private static double[] numbers(String text) {
    return text.isEmpty() ? new double[0] : Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static void check(String what, FloatArray actual, String expected) {
    assertThat(Comparison.difference(what, Comparison.doubles(actual), numbers(expected), TOLERANCE)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void layers(Layer layer, Shape shape, String output, String inputGradient, String parameterGradients) {
    NetworkBuilder builder = new NetworkBuilder(Value.of(shape));
    layer.addTo(builder, "0");
    Stage stage = builder.stages().getFirst();
    int count = builder.parameters().stream().mapToInt(ParameterSpec::size).sum();
    assertThat(numbers(parameterGradients)).hasSize(count);
    assertThat(numbers(output)).hasSize(BATCH * builder.shape().size());
    assertThat(numbers(inputGradient)).hasSize(BATCH * shape.size());

    FloatArray x = fill(BATCH * shape.size(), 7, 11, 5, 4);
    FloatArray parameters = fill(count, 5, 7, 3, 8);
    FloatArray gradients = new FloatArray(parameters.getSize());
    Activation input = Activation.of(x, true);
    StageTasks tasks = stage.tasks(new StageSite(BATCH, List.of(input), LinearAlgebra.forDevice(device)));
    FloatArray y = tasks.output().values();
    FloatArray dy = fill(y.getSize(), 3, 5, 2, 2);
    tasks.output().addGradient(dy);
    NetworkArrays arrays = new NetworkArrays(parameters, gradients, null, new BatchControl(0));
    KernelGraph graph = new KernelGraph("layer", device).once(x, parameters, dy);
    tasks.addForward(ForwardPass.training(graph, arrays));
    tasks.addBackward(graph, arrays);
    FloatArray dx = input.gradient(graph, "input");
    graph.result(y, dx);
    if (count > 0) {
      graph.result(gradients);
    }
    try (GraphPlan plan = graph.plan()) {
      Object[] results = count > 0 ? new Object[] {y, dx, gradients} : new Object[] {y, dx};
      plan.execute().transferToHost(results);
    }
    check("y", y, output);
    check("dx", dx, inputGradient);
    check("gradients", gradients, parameterGradients);
  }
}
