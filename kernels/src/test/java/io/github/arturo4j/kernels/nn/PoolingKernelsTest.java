// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.MaxPoolReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** PoolingKernels in both shapes. */
class PoolingKernelsTest {
  @ParameterizedTest
  @CsvSource({"1,2,2,2,2,0", "3,5,4,3,2,1", "7,14,14,3,2,1", "2,9,7,3,1,1", "4,8,8,2,2,1", "5,7,6,3,3,0",
      "2,1,1,3,2,1"})
  void maximaAndTheirGradientsAgreeWithThePlainReference(
      int planes, int height, int width, int kernel, int stride, int padding) {
    MaxPoolReference reference = new MaxPoolReference(planes, height, width, kernel, stride, padding);
    FloatArray x = Device.normal(planes * height * width, 7);
    for (int i = 0; i < x.getSize(); i++) {
      x.set(i, Math.round(2 * x.get(i)) / 2f - 3); // ties, and nothing that a padding of zeros would not beat
    }
    int outHeight = reference.outHeight();
    int outWidth = reference.outWidth();
    FloatArray y = Device.garbage(reference.pooledSize());
    IntArray where = new IntArray(reference.pooledSize());
    where.init(-1);
    FloatArray dy = Device.normal(reference.pooledSize(), 3);
    FloatArray dx = Device.garbage(planes * height * width);
    FloatArray byPixel = Device.garbage(planes * height * width);
    Device.run(
        g -> {
          g.add(t -> t.task("forward", PoolingKernels::maximum, x, y, where, planes, height, width, outHeight, outWidth,
              kernel, stride, padding));
          PoolingTasks.addMaximumBackward(g, KernelShape.CHUNKS, "backward", dy, where, dx, planes, height, width,
              outHeight, outWidth, kernel, stride, padding);
          PoolingTasks.addMaximumBackward(g, KernelShape.GROUPS, "byPixel", dy, where, byPixel, planes, height, width,
              outHeight, outWidth, kernel, stride, padding);
        },
        x, y, where, dy, dx, byPixel);
    double[] input = Comparison.doubles(x);
    Device.assertClose(y, reference.forward(input), 0);
    Device.assertClose(dx, reference.backward(input, Comparison.doubles(dy)), 1e-6);
    assertThat(byPixel.toHeapArray()).isEqualTo(dx.toHeapArray());
    for (int i = 0; i < where.getSize(); i++) {
      assertThat(where.get(i)).isEqualTo(reference.greatest(input, i) % (height * width));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "4,13", "207,1", "13,49", "17,16", "300,3"})
  void averageAndItsGradient(int planes, int pixels) {
    FloatArray x = Device.normal(planes * pixels, 1);
    FloatArray y = Device.garbage(planes);
    FloatArray dy = Device.normal(planes, 2);
    FloatArray dx = Device.garbage(planes * pixels);
    FloatArray inGroups = Device.garbage(planes);
    Device.run(
        g -> {
          PoolingTasks.addAverage(g, KernelShape.CHUNKS, "forward", x, y, planes, pixels);
          PoolingTasks.addAverage(g, KernelShape.GROUPS, "groups", x, inGroups, planes, pixels);
          g.add(t -> t.task("backward", PoolingKernels::averageBackward, dy, dx, planes, pixels));
        },
        x, y, dy, dx, inGroups);
    double[] mean = new double[planes];
    double[] share = new double[planes * pixels];
    for (int i = 0; i < share.length; i++) {
      mean[i / pixels] += (double) x.get(i) / pixels;
      share[i] = (double) dy.get(i / pixels) / pixels;
    }
    Device.assertClose(y, mean, 1e-6);
    Device.assertClose(inGroups, mean, 1e-6);
    Device.assertClose(dx, share, 1e-6);
  }

  @Test
  void aWindowWithNanIsNan() {
    float nan = Float.NaN;
    FloatArray x = FloatArray.fromElements(nan, 1, -2, 3, 5, 6, 7, nan, 8, 9, -nan, -5, nan, 1, 2, 4);
    FloatArray y = Device.garbage(4);
    IntArray where = new IntArray(4);
    Device.run(
        g -> g.add(t -> t.task("f", PoolingKernels::maximum, x, y, where, 4, 2, 2, 1, 1, 2, 2, 0)), x, y, where);
    assertThat(y.toHeapArray()).containsOnly(nan);
    for (int place : where.toHeapArray()) {
      assertThat(place).isBetween(0, 3);
    }
  }

  @Test
  void theGradientGoesToTheFirstOfEqualMaxima() {
    FloatArray x = FloatArray.fromElements(1f, 1f, 1f, 1f);
    FloatArray y = Device.garbage(1);
    IntArray where = new IntArray(1);
    FloatArray dy = FloatArray.fromElements(5f);
    FloatArray dx = Device.garbage(4);
    Device.run(
        g -> {
          g.add(t -> t.task("f", PoolingKernels::maximum, x, y, where, 1, 2, 2, 1, 1, 2, 2, 0));
          g.add(t -> t.task("b", PoolingKernels::maximumBackward, dy, where, dx, 1, 4, 1));
        },
        x, y, where, dy, dx);
    assertThat(dx.toHeapArray()).containsExactly(5f, 0f, 0f, 0f);
  }
}
