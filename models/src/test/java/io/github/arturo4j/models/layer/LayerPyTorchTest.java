// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.nn.SumKernels;
import io.github.arturo4j.kernels.reference.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
        Arguments.of(new GELU(GELU.Approximate.tanh), new Shape(6),
            "-0.132286 0.345714 -0.154286 1.117714 0.149675 -0.170039 0.841192 0 -0.158808 0.579961 -0.100325 "
            + "-0.132286",
            "0.122493 0.433685 -0.066315 1.122493 0 -0.001062 0.541482 -0.25 -0.082964 0 -0.304646 -0.061246",
            ""),
        Arguments.of(new PositionalEmbedding(4), new Shape(3, 2),
            "-1.625 0.75 -0.5 1 0.625 -0.625 0.625 0.25 -1 0.5 0.125 -1.125",
            "-1 0.5 -0.5 1 0 -1 0.5 -0.5 1 0 -1 0.5",
            "-0.5 0 0.5 1 -1 -0.5 0 0"),
        Arguments.of(new SinusoidalPositions(), new Shape(3, 5),
            "-1.25 1.5 -0.5 2.25 0.25 0.091471 1.540302 0.025116 -0.000315 0.750631 0.659297 -1.666147 "
            + "0.550217 0.498738 1.251262 0.25 0.25 1 1 -1 1.591471 0.290302 -1.224884 1.499685 -0.499369 "
            + "2.159297 -0.166147 -0.699783 1.998738 0.001262",
            "-1 0.5 -0.5 1 0 -1 0.5 -0.5 1 0 -1 0.5 -0.5 1 0 -1 0.5 -0.5 1 0 -1 0.5 -0.5 1 0 -1 0.5 -0.5 1 0",
            ""),
        Arguments.of(new MultiHeadAttention(2, true), new Shape(3, 4),
            "-0.386719 -0.894531 -0.171875 -0.078125 -0.414093 -0.618192 0.081571 -0.088977 -0.272964 "
            + "-0.557922 0.169665 -0.08684 -0.398438 -0.289062 0.367188 -0.097656 -0.226636 -0.372289 0.343685 "
            + "-0.120451 0.008729 -0.529866 0.173803 -0.213401",
            "-0.086921 -0.191778 -0.066735 0.242073 0.023241 0.099868 -0.21785 0.002887 0.078785 0.012804 "
            + "-0.148024 0.040061 -0.06208 0.021268 0.387885 -0.138026 0.054668 -0.183855 0.027221 0.126252 "
            + "-0.134192 -0.011827 0.141781 -0.062016",
            "0.017468 -0.003776 -0.042049 0.021076 0.011534 0.001199 -0.03881 0.013562 -0.15935 0.088389 "
            + "0.137851 -0.156583 -0.19248 0.109652 0.161674 -0.190273 0.055657 -0.032627 -0.046721 -0.012769 "
            + "0.031626 -0.02684 0.004684 0.003012 0.206577 -0.207557 0.08051 0.130968 0.197333 -0.196311 "
            + "0.100682 0.091541 0.37157 -0.213188 0.464877 -0.510215 0.338964 -0.305106 0.432271 -0.231346 "
            + "-1.322941 0.857161 -1.14135 0.303558 -0.195327 0.382939 -0.013736 0.302225 -0.014431 -0.008112 "
            + "-0.011066 -0.008826 0 0 0 0 -0.3125 -0.3125 0.5625 0.5625 0.873121 -0.818096 -0.192938 0.488928 "
            + "-0.113722 0.228057 -0.094991 -0.012647 0.51287 -0.344082 -0.23861 0.568975 -0.775402 0.515819 "
            + "0.250771 -1.263085 -1 0.5 -0.5 1"),
        Arguments.of(new MultiHeadAttention(1, false), new Shape(4, 3),
            "-0.006711 0.568642 -0.09893 -0.031638 0.550953 -0.065636 -0.031222 0.551284 -0.066257 -0.030807 "
            + "0.551615 -0.066878 -0.105265 0.38733 0.043802 -0.105227 0.387445 0.04359 -0.105188 0.387561 "
            + "0.043378 -0.105149 0.387677 0.043166",
            "-0.01526 -0.020528 0.014099 -0.033877 -0.026065 0.033648 0.001132 -0.009112 -0.008535 0.003203 "
            + "-0.005834 -0.010506 0.063835 0.007119 -0.023889 0.061767 0.005883 -0.02241 0.059917 0.004298 "
            + "-0.021149 0.057048 0.005252 -0.018869",
            "-0.001873 -0.003014 -0.001755 0.016957 0.025522 0.025508 0.022679 0.032962 0.040486 0.000769 "
            + "-0.001936 -0.001936 0.046662 -0.011631 -0.011631 -0.017364 0.010457 0.010457 0.006264 -0.531193 "
            + "0.703182 -0.048001 -0.017299 0.107701 0.008437 0.101797 -0.116953 0.001527 -0.008342 -0.007524 0 "
            + "0 0 0.3125 -0.125 -0.125 0.136903 -0.046101 -0.201332 -0.392865 -0.211081 -0.1439 -0.000569 "
            + "0.222743 0.335353 0.5 0 -0.5"),
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
    Value in = Value.of(shape);
    NetworkBuilder builder = new NetworkBuilder(in);
    layer.addTo(builder, "0");
    int count = builder.parameters().stream().mapToInt(ParameterSpec::size).sum();
    assertThat(numbers(parameterGradients)).hasSize(count);
    assertThat(numbers(output)).hasSize(BATCH * builder.shape().size());
    assertThat(numbers(inputGradient)).hasSize(BATCH * shape.size());

    FloatArray x = fill(BATCH * shape.size(), 7, 11, 5, 4);
    FloatArray parameters = fill(count, 5, 7, 3, 8);
    FloatArray gradients = new FloatArray(parameters.getSize());
    Activation input = Activation.of(x, true);
    Map<Value, Activation> activations = new IdentityHashMap<>(Map.of(in, input));
    List<StageTasks> tasks = new ArrayList<>();
    for (Stage stage : builder.stages()) {
      List<Activation> inputs = stage.inputs().stream().map(value -> activations.get(value.origin())).toList();
      tasks.add(stage.tasks(new StageSite(BATCH, inputs, LinearAlgebra.forDevice(device))));
      activations.put(stage.output().origin(), tasks.getLast().output());
    }
    FloatArray y = tasks.getLast().output().values();
    FloatArray dy = fill(y.getSize(), 3, 5, 2, 2);
    tasks.getLast().output().addGradient(dy);
    NetworkArrays arrays = new NetworkArrays(parameters, gradients, null, new BatchControl(0));
    KernelGraph graph = new KernelGraph("layer", device).once(x, parameters, dy);
    ForwardPass pass = ForwardPass.training(graph, arrays);
    tasks.forEach(stage -> stage.addForward(pass));
    tasks.reversed().forEach(stage -> stage.addBackward(graph, arrays));
    FloatArray gradient = input.gradient(graph, "input"); // perhaps dy itself
    FloatArray dx = new FloatArray(x.getSize());
    graph.add(g -> g.task("dx", SumKernels::copy, gradient, dx));
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
