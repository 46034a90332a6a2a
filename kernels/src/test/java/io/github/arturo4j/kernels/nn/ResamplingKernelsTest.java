// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.ResamplingReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link AveragePoolingKernels} and {@link UpsampleKernels}. */
class ResamplingKernelsTest {
  private interface Kernel {
    void add(TaskGraphInterface graph, String task, FloatArray from, FloatArray to);
  }

  private static void check(ResamplingReference reference, Kernel forward, Kernel backward) {
    int height = reference.rows()[0].length;
    int width = reference.columns()[0].length;
    FloatArray x = Device.normal(reference.planes() * height * width, 1);
    FloatArray dy = Device.normal(reference.planes() * reference.rows().length * reference.columns().length, 2);
    FloatArray y = Device.garbage(dy.getSize());
    FloatArray dx = Device.garbage(x.getSize());
    Device.run(
        g -> {
          g.add(t -> forward.add(t, "forward", x, y));
          g.add(t -> backward.add(t, "backward", dy, dx));
        },
        x, dy, y, dx);
    Device.assertClose(y, reference.forward(Comparison.doubles(x)), 2e-6);
    Device.assertClose(dx, reference.backward(Comparison.doubles(dy)), 2e-6);
  }

  @ParameterizedTest
  @CsvSource({"1,2,2,2,2,0", "3,5,4,3,2,1", "7,14,13,3,2,1", "2,9,7,3,1,1", "4,8,8,2,2,1", "5,7,6,3,3,0", "2,7,8,2,3,0",
      "2,1,1,3,2,1", "207,4,5,2,2,0", "13,1,1,1,1,0"})
  void averages(int planes, int height, int width, int kernel, int stride, int padding) {
    double[][] rows = ResamplingReference.windows(height, kernel, stride, padding);
    double[][] columns = ResamplingReference.windows(width, kernel, stride, padding);
    int outHeight = rows.length;
    int outWidth = columns.length;
    check(new ResamplingReference(planes, rows, columns),
        (g, task, x, y) -> g.task(task, AveragePoolingKernels::average, x, y, planes, height, width, outHeight, outWidth,
            kernel, stride, padding),
        (g, task, dy, dx) -> g.task(task, AveragePoolingKernels::averageBackward, dy, dx, planes, height, width, outHeight,
            outWidth, kernel, stride, padding));
  }

  @ParameterizedTest
  @CsvSource({"1,2,2,1,1", "3,7,7,3,2", "7,5,4,5,4", "13,13,14,4,13", "2,2,3,5,7", "207,4,1,3,1", "1,1,1,4,13"})
  void adaptiveAverages(int planes, int height, int width, int outHeight, int outWidth) {
    check(new ResamplingReference(planes, ResamplingReference.shares(height, outHeight),
            ResamplingReference.shares(width, outWidth)),
        (g, task, x, y) -> g.task(task, AveragePoolingKernels::adaptive, x, y, planes, height, width, outHeight, outWidth),
        (g, task, dy, dx) ->
            g.task(task, AveragePoolingKernels::adaptiveBackward, dy, dx, planes, height, width, outHeight, outWidth));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "3,2,5,1", "7,4,3,2", "13,3,1,4", "207,1,4,3"})
  void nearestNeighbours(int planes, int height, int width, int scale) {
    check(new ResamplingReference(planes, ResamplingReference.repeated(height, scale),
            ResamplingReference.repeated(width, scale)),
        (g, task, x, y) -> g.task(task, UpsampleKernels::nearest, x, y, planes, height, width, scale),
        (g, task, dy, dx) -> g.task(task, UpsampleKernels::nearestBackward, dy, dx, planes, height, width, scale));
  }

  @Test
  void aWindowWithNanIsNan() {
    FloatArray x = FloatArray.fromElements(1f, 2f, 3f, 6f, 1f, Float.NaN, 3f, 4f);
    FloatArray windows = Device.garbage(2);
    FloatArray shares = Device.garbage(2);
    Device.run(
        g -> {
          g.add(t -> t.task("average", AveragePoolingKernels::average, x, windows, 2, 2, 2, 1, 1, 2, 2, 0));
          g.add(t -> t.task("adaptive", AveragePoolingKernels::adaptive, x, shares, 2, 2, 2, 1, 1));
        },
        x, windows, shares);
    assertThat(windows.toHeapArray()).containsExactly(3f, Float.NaN);
    assertThat(shares.toHeapArray()).containsExactly(3f, Float.NaN);
  }
}
