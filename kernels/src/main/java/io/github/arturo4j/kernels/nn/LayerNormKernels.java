// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@link RowNormKernels} of layer normalisation, whose period and divisor are 1, in {@link KernelShape#CHUNKS}: what these
 * compute, in loops over neighbours, without a division for each.
 */
public final class LayerNormKernels {
  /** Neighbouring weights whose gradients a thread sums. */
  private static final int CHUNK = 32;

  private LayerNormKernels() {}

  /** {@link RowNormKernels#forward}, with its arguments; a thread a row. */
  public static void forward(
      FloatArray x, FloatArray statistics, FloatArray parameters, FloatArray y, int weight, int bias, int rows, int length) {
    for (@Parallel int r = 0; r < (rows & LoopGrid.ANY); r++) {
      int start = r * length;
      float mean = statistics.get(r);
      float inverse = statistics.get(rows + r);
      for (int i = 0; i < length; i++) {
        float normal = (x.get(start + i) - mean) * inverse;
        y.set(start + i, normal * parameters.get(weight + i) + parameters.get(bias + i));
      }
    }
  }

  /** {@link RowNormKernels#backwardParameters}, with its arguments; a thread a chunk of weights. */
  public static void backwardParameters(
      FloatArray dy, FloatArray x, FloatArray statistics, FloatArray gradients, int weight, int bias, int rows, int length) {
    for (@Parallel int chunk = 0; chunk < (length + CHUNK - 1) / CHUNK; chunk++) {
      int first = chunk * CHUNK;
      int end = TornadoMath.min(first + CHUNK, length);
      for (int j = first; j < end; j++) {
        gradients.set(weight + j, 0f);
        gradients.set(bias + j, 0f);
      }
      for (int r = 0; r < rows; r++) {
        int start = r * length;
        float mean = statistics.get(r);
        float inverse = statistics.get(rows + r);
        for (int j = first; j < end; j++) {
          float normal = (x.get(start + j) - mean) * inverse;
          gradients.set(weight + j, gradients.get(weight + j) + dy.get(start + j) * normal);
        }
        for (int j = first; j < end; j++) {
          gradients.set(bias + j, gradients.get(bias + j) + dy.get(start + j));
        }
      }
    }
  }

  /** {@link RowNormKernels#backwardInput}, with its arguments; a thread a row. */
  public static void backwardInput(
      FloatArray dy, FloatArray x, FloatArray statistics, FloatArray parameters, int weight, int rows, int length) {
    for (@Parallel int r = 0; r < (rows & LoopGrid.ANY); r++) {
      int start = r * length;
      float mean = statistics.get(r);
      float inverse = statistics.get(rows + r);
      float sum = 0f;
      float product = 0f;
      for (int i = 0; i < length; i++) {
        float g = dy.get(start + i) * parameters.get(weight + i);
        sum += g;
        product += g * ((x.get(start + i) - mean) * inverse);
      }
      float offset = sum / length;
      float slope = product / length;
      for (int i = 0; i < length; i++) {
        float g = dy.get(start + i) * parameters.get(weight + i);
        dy.set(start + i, (g - offset - (x.get(start + i) - mean) * inverse * slope) * inverse);
      }
    }
  }
}
