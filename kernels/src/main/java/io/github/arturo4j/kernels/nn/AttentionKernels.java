// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.Decay;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What is between the products of an attention (Vaswani et al., NeurIPS 2017): the softmax of its scores, scaled and perhaps
 * masked, and the way back, in place; {@link KernelShape#CHUNKS}, GPUs have {@link AttentionGroups}.
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
   * Scores become exp(scale · (score − max)) / Σ, over the positions that the row sees, and 0 elsewhere. A thread takes all rows
   * of a head, so that the loop with the exponentials is a long one.
   *
   * @param scores [matrices, positions, positions]
   * @param causal 1 if a position sees itself and those before it only, else 0
   * @param scale positive: 1 / √(dimensions of a head)
   */
  public static void softmax(FloatArray scores, int matrices, int positions, int causal, float scale) {
    for (@Parallel int m = 0; m < (matrices & LoopGrid.ANY); m++) {
      int first = m * positions * positions;
      for (int r = 0; r < positions; r++) {
        int start = first + r * positions;
        int end = start + seen(r, positions, causal);
        float max = scores.get(start);
        for (int i = start + 1; i < end; i++) {
          max = NanMath.max(max, scores.get(i));
        }
        for (int i = start; i < end; i++) {
          scores.set(i, (max - scores.get(i)) * scale);
        }
        for (int i = end; i < start + positions; i++) {
          scores.set(i, 0f);
        }
      }
      for (int i = first; i < first + positions * positions; i++) {
        scores.set(i, Decay.of(scores.get(i)));
      }
      for (int r = 0; r < positions; r++) {
        int start = first + r * positions;
        int end = start + seen(r, positions, causal);
        float sum = 0f;
        for (int i = start; i < end; i++) {
          sum += scores.get(i);
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
  }

  /**
   * The gradient of {@link #softmax} with respect to the scores: gradient = scale · weight · (gradient − Σ gradient · weight);
   * a thread a row.
   *
   * @param gradient [rows, positions], rows being heads of examples · positions
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
