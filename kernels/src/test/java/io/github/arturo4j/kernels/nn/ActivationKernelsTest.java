// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.reference.ActivationReference;
import io.github.arturo4j.kernels.reference.Comparison;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class ActivationKernelsTest {
  private static final float SLOPE = 0.2f;
  private static final List<Integer> SIZES = List.of(1, 4, 13, 207, 4098);

  private interface Kernel {
    void add(TaskGraphInterface graph, String task, FloatArray first, FloatArray second);
  }

  /**
   * An activation.
   *
   * @param forward of x and y
   * @param backward of dy, and x or y
   * @param ofOutput whether backward takes y
   */
  private record Activation(
      String name, Kernel forward, Kernel backward, boolean ofOutput, DoubleUnaryOperator f, DoubleUnaryOperator slope) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Activation> ACTIVATIONS = List.of(
      new Activation("GELU", (g, task, x, y) -> g.task(task, ActivationKernels::gelu, x, y),
          (g, task, dy, x) -> g.task(task, ActivationKernels::geluBackward, dy, x), false,
          ActivationReference::gelu, ActivationReference::geluSlope),
      new Activation("GELU by tanh", (g, task, x, y) -> g.task(task, ActivationKernels::geluTanh, x, y),
          (g, task, dy, x) -> g.task(task, ActivationKernels::geluTanhBackward, dy, x), false,
          ActivationReference::geluTanh, ActivationReference::geluTanhSlope),
      new Activation("SiLU", (g, task, x, y) -> g.task(task, ActivationKernels::silu, x, y),
          (g, task, dy, x) -> g.task(task, ActivationKernels::siluBackward, dy, x), false,
          ActivationReference::silu, ActivationReference::siluSlope),
      new Activation("LeakyReLU", (g, task, x, y) -> g.task(task, ActivationKernels::leakyRelu, x, y, SLOPE),
          (g, task, dy, x) -> g.task(task, ActivationKernels::leakyReluBackward, dy, x, SLOPE), false,
          x -> x > 0 ? x : x * SLOPE, x -> x > 0 ? 1 : SLOPE),
      new Activation("ELU", (g, task, x, y) -> g.task(task, ActivationKernels::elu, x, y, SLOPE),
          (g, task, dy, x) -> g.task(task, ActivationKernels::eluBackward, dy, x, SLOPE), false,
          x -> x > 0 ? x : SLOPE * Math.expm1(x), x -> x > 0 ? 1 : SLOPE * Math.exp(x)),
      new Activation("ReLU6", (g, task, x, y) -> g.task(task, ActivationKernels::relu6, x, y),
          (g, task, dy, x) -> g.task(task, ActivationKernels::relu6Backward, dy, x), false,
          x -> Math.min(Math.max(x, 0), 6), x -> x > 0 && x < 6 ? 1 : 0),
      new Activation("Sigmoid", (g, task, x, y) -> g.task(task, ActivationKernels::sigmoid, x, y),
          (g, task, dy, y) -> g.task(task, ActivationKernels::sigmoidBackward, dy, y), true,
          ActivationReference::sigmoid, x -> ActivationReference.sigmoid(x) * ActivationReference.sigmoid(-x)),
      new Activation("Tanh", (g, task, x, y) -> g.task(task, ActivationKernels::hyperbolicTangent, x, y),
          (g, task, dy, y) -> g.task(task, ActivationKernels::hyperbolicTangentBackward, dy, y), true,
          Math::tanh, x -> 1 - Math.tanh(x) * Math.tanh(x)));

  static Stream<Arguments> activations() {
    return ACTIVATIONS.stream().flatMap(activation -> SIZES.stream().map(size -> Arguments.of(activation, size)));
  }

  @ParameterizedTest
  @MethodSource
  void activations(Activation activation, int size) {
    FloatArray x = Device.normal(size, 1);
    for (int i = 0; i < size; i++) {
      x.set(i, 4 * x.get(i));
    }
    FloatArray y = Device.garbage(size);
    FloatArray before = Device.normal(size, 2);
    FloatArray dy = FloatArray.fromArray(before.toHeapArray());
    Device.run(
        g -> {
          g.add(t -> activation.forward().add(t, "forward", x, y));
          g.add(t -> activation.backward().add(t, "backward", dy, activation.ofOutput() ? y : x));
        },
        x, y, dy);
    double[] input = Comparison.doubles(x);
    double[] gradient = ActivationReference.map(input, activation.slope());
    for (int i = 0; i < size; i++) {
      gradient[i] *= before.get(i);
    }
    Device.assertClose(y, ActivationReference.map(input, activation.f()), 5e-7);
    Device.assertClose(dy, gradient, 1e-6);
  }

  /** 0, the smallest, the largest, where a series ends, and far out, where exp of a float is 0 or infinite. */
  @ParameterizedTest
  @FieldSource("ACTIVATIONS")
  void extremes(Activation activation) {
    FloatArray x = FloatArray.fromElements(
        0f, -0f, 6f, 6.00001f, Float.MIN_VALUE, 1e-20f, -1e-4f, .62499f, .625f, -.62501f, 9f, -9f, 88f, -88f, 200f, -200f, 1e18f, -1e18f,
        1e30f, -1e30f);
    FloatArray y = Device.garbage(x.getSize());
    FloatArray dy = new FloatArray(x.getSize());
    dy.init(1f);
    Device.run(
        g -> {
          g.add(t -> activation.forward().add(t, "forward", x, y));
          g.add(t -> activation.backward().add(t, "backward", dy, activation.ofOutput() ? y : x));
        },
        x, y, dy);
    double[] input = Comparison.doubles(x);
    Device.assertClose(y, ActivationReference.map(input, activation.f()), 5e-7);
    Device.assertClose(dy, ActivationReference.map(input, activation.slope()), 1e-6);
  }

  @ParameterizedTest
  @FieldSource("ACTIVATIONS")
  void nanStaysNan(Activation activation) {
    FloatArray x = FloatArray.fromElements(1f, Float.NaN, -1f, 2f);
    FloatArray y = Device.garbage(4);
    FloatArray dy = FloatArray.fromElements(1f, Float.NaN, 1f, Float.NaN);
    Device.run(
        g -> {
          g.add(t -> activation.forward().add(t, "forward", x, y));
          g.add(t -> activation.backward().add(t, "backward", dy, activation.ofOutput() ? y : x));
        },
        x, y, dy);
    assertThat(y.toHeapArray()).satisfies(v -> {
      assertThat(v[1]).isNaN();
      assertThat(new float[] {v[0], v[2], v[3]}).doesNotContain(Float.NaN);
    });
    assertThat(dy.get(1)).isNaN();
    assertThat(dy.get(3)).isNaN();
    assertThat(dy.get(0) + dy.get(2)).isFinite();
  }

  @Test
  void theSeriesOfTheHyperbolicTangentKeepsDigitsOfSmallValues() {
    FloatArray x = FloatArray.fromElements(1e-7f, -3e-4f, 2e-2f, .3f, -.6f);
    FloatArray y = Device.garbage(5);
    Device.run(g -> g.add(t -> t.task("f", ActivationKernels::hyperbolicTangent, x, y)), x, y);
    for (int i = 0; i < 5; i++) {
      assertThat(y.get(i) / Math.tanh(x.get(i))).isBetween(1 - 3e-7, 1 + 3e-7);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 13, 207})
  void softmax(int channels) {
    for (int pixels : new int[] {1, 6}) {
      int batch = 3;
      FloatArray x = Device.normal(batch * channels * pixels, 1);
      for (int i = 0; i < x.getSize(); i++) {
        x.set(i, 100 + 5 * x.get(i)); // exp(100) is no float
      }
      FloatArray y = Device.garbage(x.getSize());
      FloatArray before = Device.normal(x.getSize(), 2);
      FloatArray dy = FloatArray.fromArray(before.toHeapArray());
      Device.run(
          g -> {
            g.add(t -> t.task("forward", SoftmaxKernels::forward, x, y, batch, channels, pixels));
            g.add(t -> t.task("backward", SoftmaxKernels::backward, dy, y, batch, channels, pixels));
          },
          x, y, dy);
      double[] expected = ActivationReference.softmax(Comparison.doubles(x), channels, pixels);
      double[] gradient = new double[x.getSize()]; // Σ of the Jacobian yᵢ (δᵢⱼ − yⱼ)
      for (int i = 0; i < gradient.length; i++) {
        int first = i / (channels * pixels) * channels * pixels + i % pixels;
        for (int j = first; j < first + channels * pixels; j += pixels) {
          gradient[i] += expected[i] * ((i == j ? 1 : 0) - expected[j]) * before.get(j);
        }
      }
      Device.assertClose(y, expected, 1e-5);
      Device.assertClose(dy, gradient, 1e-5);
    }
  }

  @Test
  void softmaxOfNanIsNan() {
    FloatArray x = FloatArray.fromElements(1f, 2f, Float.NaN, 0f, 0f, 0f);
    FloatArray y = Device.garbage(6);
    Device.run(g -> g.add(t -> t.task("f", SoftmaxKernels::forward, x, y, 2, 3, 1)), x, y);
    assertThat(y.toHeapArray()).startsWith(Float.NaN, Float.NaN, Float.NaN).endsWith(1 / 3f, 1 / 3f, 1 / 3f);
  }
}
