// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The way back through a {@link BatchNormKernels}, and through a ReLU behind it: {@link #sums} of groups of images,
 * {@link #slopes} per channel, then {@link #backward}. Where the ReLU was active is computed anew from x, which is
 * read anyway. With n values in a channel, d = x − mean and dz the gradient before the ReLU,
 *
 * <pre>
 *   dbias = Σ dz,  dweight = Σ dz·d / deviation,
 *   dx = weight / deviation · (dz − dbias / n − d / deviation · dweight / n).
 * </pre>
 */
public final class BatchNormGradientKernels {
  private static final int GROUP = BatchNormKernels.GROUP;

  /** Makes any positive number that is not tiny (below 1e-38) at least 1. */
  private static final float HUGE = 1e38f;

  private BatchNormGradientKernels() {}

  /**
   * Σ dz and Σ dz·d over each group's valid images, at each pixel.
   *
   * @param dy gradient behind the ReLU, [batch, size]
   * @param x input of the normalisation, [batch, size]
   * @param coefficients those of the forward pass
   * @param sums [groups, 2, size]
   * @param open 0 if there is a ReLU, 1 if not
   */
  public static void sums(
      FloatArray dy, FloatArray x, FloatArray coefficients, IntArray control, FloatArray sums, int batch, int size,
      float open) {
    for (@Parallel int g = 0; g < (batch + GROUP - 1) / GROUP; g++) {
      for (@Parallel int j = 0; j < (size & LoopGrid.ANY); j++) {
        int first = g * GROUP;
        int last = batch - 1;
        int count = control.get(BatchControl.COUNT);
        int i1 = TornadoMath.min(first + 1, last) * size + j;
        int i2 = TornadoMath.min(first + 2, last) * size + j;
        int i3 = TornadoMath.min(first + 3, last) * size + j;
        int i4 = TornadoMath.min(first + 4, last) * size + j;
        int i5 = TornadoMath.min(first + 5, last) * size + j;
        int i6 = TornadoMath.min(first + 6, last) * size + j;
        int i7 = TornadoMath.min(first + 7, last) * size + j;
        float mean = coefficients.get(j);
        float scale = coefficients.get(size + j);
        float shift = coefficients.get(2 * size + j);
        float d0 = x.get(first * size + j) - mean;
        float d1 = x.get(i1) - mean;
        float d2 = x.get(i2) - mean;
        float d3 = x.get(i3) - mean;
        float d4 = x.get(i4) - mean;
        float d5 = x.get(i5) - mean;
        float d6 = x.get(i6) - mean;
        float d7 = x.get(i7) - mean;
        float dz0 = dy.get(first * size + j) * (pass(d0, scale, shift, open) * BatchNormKernels.valid(first, count));
        float dz1 = dy.get(i1) * (pass(d1, scale, shift, open) * BatchNormKernels.valid(first + 1, count));
        float dz2 = dy.get(i2) * (pass(d2, scale, shift, open) * BatchNormKernels.valid(first + 2, count));
        float dz3 = dy.get(i3) * (pass(d3, scale, shift, open) * BatchNormKernels.valid(first + 3, count));
        float dz4 = dy.get(i4) * (pass(d4, scale, shift, open) * BatchNormKernels.valid(first + 4, count));
        float dz5 = dy.get(i5) * (pass(d5, scale, shift, open) * BatchNormKernels.valid(first + 5, count));
        float dz6 = dy.get(i6) * (pass(d6, scale, shift, open) * BatchNormKernels.valid(first + 6, count));
        float dz7 = dy.get(i7) * (pass(d7, scale, shift, open) * BatchNormKernels.valid(first + 7, count));
        sums.set(2 * g * size + j, dz0 + dz1 + (dz2 + dz3) + (dz4 + dz5 + (dz6 + dz7)));
        sums.set(
            (2 * g + 1) * size + j,
            dz0 * d0 + dz1 * d1 + (dz2 * d2 + dz3 * d3) + (dz4 * d4 + dz5 * d5 + (dz6 * d6 + dz7 * d7)));
      }
    }
  }

  /**
   * 1 where the gradient passes: where the ReLU's input is positive, or everywhere if {@code open} is 1. Without a
   * branch, because a processor cannot guess it, and without the sign, which the JVM computes slowly here. Of NaN 0 or
   * more, as the device's maximum is: the sums get it through d, and dx through both.
   */
  private static float pass(float centred, float scale, float shift, float open) {
    return TornadoMath.min(1f, TornadoMath.max(open, (centred * scale + shift) * HUGE));
  }

  /**
   * The gradients of weight and bias, and what {@link #backward} needs of them. A thread a channel; GPUs have
   * {@link ChannelGroups#slopes}.
   *
   * @param sums [groups, 2, size]
   * @param coefficients those of the forward pass
   * @param gradients gets dweight and dbias from {@code weight} and {@code bias} on
   * @param slopes [2, size]: what dx adds per unit of d, and what it adds at all
   */
  public static void slopes(
      FloatArray sums, FloatArray coefficients, IntArray control, FloatArray gradients, FloatArray slopes,
      int weight, int bias, int groups, int channels, int pixels) {
    for (@Parallel int c = 0; c < channels; c++) {
      int size = channels * pixels;
      float values = control.get(BatchControl.COUNT) * pixels;
      float sum = 0f;
      float product = 0f;
      for (int p = 0; p < pixels; p++) {
        float sumPart = 0f;
        float productPart = 0f;
        for (int g = 0; g < groups; g++) {
          sumPart += sums.get(2 * g * size + c * pixels + p);
          productPart += sums.get((2 * g + 1) * size + c * pixels + p);
        }
        sum += sumPart;
        product += productPart;
      }
      float inverse = coefficients.get(3 * size + c);
      float scale = coefficients.get(size + c * pixels);
      gradients.set(weight + c, product * inverse);
      gradients.set(bias + c, sum);
      float slope = -scale * inverse * inverse * product / values;
      float offset = -scale * sum / values;
      for (int p = 0; p < pixels; p++) {
        slopes.set(c * pixels + p, slope);
        slopes.set(size + c * pixels + p, offset);
      }
    }
  }

  /** The gradient with respect to x; 0 in padding rows. Arguments as above. */
  public static void backward(
      FloatArray dy, FloatArray x, FloatArray coefficients, FloatArray slopes, IntArray control, FloatArray dx,
      int batch, int size, float open) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int j = 0; j < (size & LoopGrid.ANY); j++) {
        float scale = coefficients.get(size + j);
        float d = x.get(b * size + j) - coefficients.get(j);
        float dz = dy.get(b * size + j) * pass(d, scale, coefficients.get(2 * size + j), open);
        float slope = scale * dz + (d * slopes.get(j) + slopes.get(size + j));
        dx.set(b * size + j, slope * BatchNormKernels.valid(b, control.get(BatchControl.COUNT)));
      }
    }
  }
}
