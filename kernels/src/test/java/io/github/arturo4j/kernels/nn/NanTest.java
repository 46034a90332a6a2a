// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.BlasLinearAlgebra;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.TiledLinearAlgebra;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A NaN that goes into a kernel comes out of it, on every device, and what is infinite does not become one. */
class NanTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float NO_LIMIT = Float.NEGATIVE_INFINITY;

  static Stream<LinearAlgebra> algebras() {
    LinearAlgebra tiled = new TiledLinearAlgebra(1);
    return DeviceTraits.of(Devices.find(null).device()).plainJvm()
        ? Stream.of(tiled, new BlasLinearAlgebra())
        : Stream.of(tiled);
  }

  private static FloatArray zeros(int size) {
    FloatArray array = new FloatArray(size);
    array.init(0f);
    return array;
  }

  private static FloatArray with(float value, int at, int size) {
    FloatArray array = zeros(size);
    array.set(at, value);
    return array;
  }

  private static void run(Consumer<KernelGraph> tasks, Object... arrays) {
    Device.run(tasks, arrays);
  }

  private static List<Integer> nans(FloatArray array) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < array.getSize(); i++) {
      if (Float.isNaN(array.get(i))) {
        places.add(i);
      }
    }
    return places;
  }

  @ParameterizedTest
  @MethodSource("algebras")
  void linear(LinearAlgebra algebra) {
    int in = 3;
    int out = 2;
    FloatArray x = with(NAN, 2 * in + 1, 4 * in);
    FloatArray p = zeros(in * out + out);
    FloatArray y = zeros(4 * out);
    FloatArray rectified = zeros(4 * out);
    run(
        g -> {
          algebra.linearForward(g, "forward", x, p, 0, in * out, y, 4, in, out, false);
          algebra.linearForward(g, "relu", x, p, 0, in * out, rectified, 4, in, out, true);
        },
        x, p, y, rectified);
    assertThat(nans(y)).containsExactly(4, 5);
    assertThat(nans(rectified)).containsExactly(4, 5);
  }

  @ParameterizedTest
  @MethodSource("algebras")
  void withoutReluNothingIsLimited(LinearAlgebra algebra) {
    FloatArray x = FloatArray.fromElements(NO_LIMIT, INFINITY, -2f);
    FloatArray p = FloatArray.fromElements(1f, 0f);
    FloatArray y = zeros(3);
    FloatArray rectified = zeros(3);
    run(
        g -> {
          algebra.linearForward(g, "forward", x, p, 0, 1, y, 3, 1, 1, false);
          algebra.linearForward(g, "relu", x, p, 0, 1, rectified, 3, 1, 1, true);
        },
        x, p, y, rectified);
    assertThat(y.toHeapArray()).containsExactly(NO_LIMIT, INFINITY, -2f);
    assertThat(rectified.toHeapArray()).containsExactly(0f, INFINITY, 0f);
  }

  @ParameterizedTest
  @MethodSource("algebras")
  void convolution(LinearAlgebra algebra) {
    ConvolutionShape s = new ConvolutionShape(2, 1, 3, 3, 2, 1, 1, 0);
    FloatArray x = with(NAN, 9 + 4, s.inputSize());
    FloatArray p = zeros(4);
    FloatArray y = zeros(s.outputSize());
    FloatArray rectified = zeros(s.outputSize());
    run(
        g -> {
          algebra.convolutionForward(g, "forward", x, p, 0, 2, y, s, false);
          algebra.convolutionForward(g, "relu", x, p, 0, 2, rectified, s, true);
        },
        x, p, y, rectified);
    assertThat(nans(y)).containsExactly(18 + 4, 27 + 4);
    assertThat(nans(rectified)).containsExactly(18 + 4, 27 + 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void maxPool2d(int pixel) {
    int[] window = {0, 1, 4, 5};
    FloatArray x = with(NAN, window[pixel], 16);
    x.set(window[3 - pixel], 7f);
    x.set(10, INFINITY);
    x.set(8, 3f);
    FloatArray y = zeros(4);
    FloatArray dropped = zeros(4);
    FloatArray dy = FloatArray.fromElements(NAN, 0f, 0f, 0f);
    FloatArray dx = zeros(16);
    IntArray control = new BatchControl(1).array();
    int key = BatchControl.key(0);
    run(
        g -> {
          g.add(t -> t.task("pool", HalvingPoolKernels::forward, x, y, 1, 4, 4));
          g.add(t -> t.task("dropout", HalvingPoolKernels::forwardWithDropout, x, dropped, control, 1, 4, 4, key,
              DropoutKernels.threshold(0), 1f));
          g.add(t -> t.task("back", HalvingPoolKernels::backward, x, y, dy, dx, 1, 4, 4, 1f));
        },
        x, y, dropped, control, dy, dx);
    assertThat(y.toHeapArray()).containsExactly(NAN, 0f, 3f, INFINITY);
    assertThat(dropped.toHeapArray()).containsExactly(NAN, 0f, 3f, INFINITY);
    assertThat(nans(dx)).contains(window[pixel]);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5})
  void anyMaxPooling(int pixel) {
    FloatArray x = zeros(16);
    x.init(-1f);
    x.set(5, INFINITY);
    x.set(pixel, NAN);
    x.set(14, INFINITY);
    x.set(3, NO_LIMIT);
    FloatArray y = zeros(4);
    IntArray where = new IntArray(4);
    where.init(-1);
    FloatArray average = zeros(1);
    run(
        g -> {
          g.add(t -> t.task("pool", PoolingKernels::maximum, x, y, where, 1, 4, 4, 2, 2, 2, 2, 0));
          g.add(t -> t.task("average", PoolingKernels::average, x, average, 1, 16));
        },
        x, y, where, average);
    assertThat(y.toHeapArray()).containsExactly(NAN, -1f, -1f, INFINITY);
    assertThat(nans(average)).containsExactly(0);
  }

  @Test
  void batchNorm() {
    int batch = 3;
    int size = 2;
    FloatArray x = with(NAN, 2, batch * size);
    FloatArray shortcut = zeros(batch * size);
    FloatArray parameters = FloatArray.fromElements(1f, 1f, 0f, 0f);
    FloatArray buffers = FloatArray.fromElements(0f, 0f, 1f, 1f);
    FloatArray coefficients = zeros(BatchNormKernels.coefficients(size, 1));
    FloatArray y = zeros(batch * size);
    FloatArray rectified = zeros(batch * size);
    FloatArray added = zeros(batch * size);
    run(
        g -> {
          g.add(t -> t.task("running", BatchNormKernels::running, parameters, buffers, coefficients, 0, 2, 0, 2, size, 1));
          g.add(t -> t.task("affine", BatchNormKernels::affine, x, coefficients, y, batch, size, NO_LIMIT));
          g.add(t -> t.task("relu", BatchNormKernels::affine, x, coefficients, rectified, batch, size, 0f));
          g.add(t -> t.task("add", BatchNormKernels::affineAdd, x, shortcut, coefficients, added, batch, size, 0f));
        },
        x, shortcut, parameters, buffers, coefficients, y, rectified, added);
    assertThat(nans(y)).containsExactly(2);
    assertThat(nans(rectified)).containsExactly(2);
    assertThat(nans(added)).containsExactly(2);
  }

  @Test
  void batchNormWhileTraining() {
    int batch = 3;
    int size = 2;
    BatchControl step = new BatchControl(0);
    step.set(batch, true, 1, 1);
    IntArray control = step.array();
    FloatArray x = with(NAN, 2, batch * size);
    FloatArray dy = zeros(batch * size);
    FloatArray moments = zeros(2 * size);
    FloatArray parameters = FloatArray.fromElements(1f, 1f, 0f, 0f);
    FloatArray buffers = FloatArray.fromElements(0f, 0f, 1f, 1f);
    FloatArray coefficients = zeros(BatchNormKernels.coefficients(size, 1));
    FloatArray sums = zeros(2 * size);
    FloatArray gradients = zeros(4);
    FloatArray slopes = zeros(2 * size);
    FloatArray dx = zeros(batch * size);
    run(
        g -> {
          g.add(t -> t.task("moments", BatchNormKernels::moments, x, control, moments, batch, size));
          g.add(t -> t.task("statistics", BatchNormKernels::statistics, moments, parameters, buffers, control,
              coefficients, 0, 2, 0, 2, 1, size, 1));
          g.add(t -> t.task("sums", BatchNormGradientKernels::sums, dy, x, coefficients, control, sums, batch, size, 0f));
          g.add(t -> t.task("slopes", BatchNormGradientKernels::slopes, sums, coefficients, control, gradients, slopes, 0, 2,
              1, size, 1));
          g.add(t -> t.task("back", BatchNormGradientKernels::backward, dy, x, coefficients, slopes, control, dx, batch,
              size, 0f));
        },
        x, dy, control, moments, parameters, buffers, coefficients, sums, gradients, slopes, dx);
    assertThat(nans(buffers)).containsExactly(0, 2);
    assertThat(nans(gradients)).contains(0);
    assertThat(nans(dx)).containsExactly(0, 2, 4);
  }

  @Test
  void reluDropoutAndResidual() {
    FloatArray a = FloatArray.fromElements(NAN, 1f, -2f, INFINITY, NO_LIMIT);
    FloatArray b = zeros(5);
    FloatArray sum = zeros(5);
    FloatArray rectified = zeros(5);
    FloatArray dropped = FloatArray.fromElements(NAN, NAN, 1f, 1f, 1f);
    FloatArray ones = zeros(5);
    ones.init(1f);
    FloatArray through = FloatArray.fromElements(1f, 1f, NAN, 1f, 1f);
    IntArray control = new BatchControl(1).array();
    run(
        g -> {
          g.add(t -> t.task("sum", SumKernels::add, a, b, sum, NO_LIMIT));
          g.add(t -> t.task("relu", SumKernels::add, a, b, rectified, 0f));
          g.add(t -> t.task("dropout", DropoutKernels::forward, dropped, control, BatchControl.key(0), 0, 1f));
          g.add(t -> t.task("back", ReluKernels::backward, ones, rectified, 2f));
          g.add(t -> t.task("through", SumKernels::accumulateThroughRelu, through, b, rectified));
        },
        a, b, sum, rectified, dropped, ones, through, control);
    assertThat(sum.toHeapArray()).containsExactly(NAN, 1f, -2f, INFINITY, NO_LIMIT);
    assertThat(rectified.toHeapArray()).containsExactly(NAN, 1f, 0f, INFINITY, 0f);
    assertThat(nans(dropped)).containsExactly(0, 1);
    assertThat(ones.toHeapArray()).containsExactly(NAN, 2f, 0f, 2f, 0f);
    assertThat(through.toHeapArray()).containsExactly(NAN, 1f, NAN, 1f, 0f);
  }
}
