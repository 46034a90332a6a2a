// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What is between the products of an attention (Vaswani et al., NeurIPS 2017): the softmax of its scores, scaled and perhaps
 * masked, and the way back, in place and a thread a row; {@link KernelShape#CHUNKS}, GPUs have {@link AttentionGroups}. Arrays
 * are [rows, positions], rows being heads of examples · positions.
 */
public final class AttentionKernels {
  private AttentionKernels() {}

  /** How many positions a row sees: all, or, if it is causal, its own and those before it. */
  static int seen(int row, int positions, int causal) {
    int seen = positions;
    if (causal == 1) {
      seen = row % positions + 1;
    }
    return seen;
  }

  /**
   * Scores become exp(scale · (score − max)) / Σ, over the positions that the row sees, and 0 elsewhere.
   *
   * @param causal 1 if a position sees itself and those before it only, else 0
   * @param scale positive: 1 / √(dimensions of a head)
   */
  public static void softmax(FloatArray scores, int rows, int positions, int causal, float scale) {
    for (@Parallel int r = 0; r < rows; r++) {
      int start = r * positions;
      int end = start + seen(r, positions, causal);
      float max = scores.get(start);
      for (int i = start + 1; i < end; i++) {
        if (scores.get(i) > max) {
          max = scores.get(i);
        }
      }
      float sum = 0f;
      for (int i = start; i < end; i++) {
        float e = TornadoMath.exp((scores.get(i) - max) * scale);
        scores.set(i, e);
        sum += e;
      }
      float share = 1f / sum;
      for (int i = start; i < end; i++) {
        scores.set(i, scores.get(i) * share);
      }
      for (int i = end; i < start + positions; i++) {
        scores.set(i, 0f);
      }
    }
  }

  /**
   * The gradient of {@link #softmax} with respect to the scores: gradient = scale · weight · (gradient − Σ gradient · weight).
   *
   * @param weights what it has put out
   */
  public static void backward(
      FloatArray gradient, FloatArray weights, int rows, int positions, int causal, float scale) {
    for (@Parallel int r = 0; r < rows; r++) {
      int start = r * positions;
      int end = start + seen(r, positions, causal);
      float product = 0f;
      for (int i = start; i < end; i++) {
        product += gradient.get(i) * weights.get(i);
      }
      for (int i = start; i < end; i++) {
        gradient.set(i, scale * weights.get(i) * (gradient.get(i) - product));
      }
      for (int i = end; i < start + positions; i++) {
        gradient.set(i, 0f);
      }
    }
  }
}
