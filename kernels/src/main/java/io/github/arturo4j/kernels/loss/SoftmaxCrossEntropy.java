// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.nn.BatchControl;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Cross-entropy of the softmax, in nats. Each row, an example's or that of a position of it, has a sum of losses of its own, which
 * the device adds to from step to step: nothing is reduced on the device, and the host adds the rows up in double. A row whose
 * label is negative counts for nothing.
 */
public final class SoftmaxCrossEntropy {
  private SoftmaxCrossEntropy() {}

  /** What {@link #evaluate} has to do. */
  public static Cost evaluateCost(int rows, int classes) {
    return Cost.elements((long) rows * classes, 4, 1, 0).plus(Cost.elements(rows, 4, 2, 1));
  }

  /** What {@link #train} has to do. */
  public static Cost trainCost(int rows, int classes) {
    return evaluateCost(rows, classes).plus(Cost.elements((long) rows * classes, 3, 0, 1));
  }

  /**
   * Adds each row's loss log Σ_c exp(logit_c) − logit_label to its sum. Padding rows add nothing.
   *
   * @param logits [rows, classes]
   * @param labels class of every example of the data set, [examples, positions]
   * @param indices the examples of the batch
   * @param control a {@link BatchControl}
   * @param sums [rows]
   * @param rows examples of the batch · positions
   */
  public static void evaluate(
      FloatArray logits, IntArray labels, IntArray indices, IntArray control, FloatArray sums, int rows,
      int positions, int classes) {
    for (@Parallel int r = 0; r < rows; r++) {
      int start = r * classes;
      float max = logits.get(start);
      for (int c = 1; c < classes; c++) {
        if (logits.get(start + c) > max) {
          max = logits.get(start + c);
        }
      }
      float sum = 0f;
      for (int c = 0; c < classes; c++) {
        sum += TornadoMath.exp(logits.get(start + c) - max);
      }
      int label = label(r, positions, labels, indices, control);
      float loss = 0f;
      if (label >= 0) {
        loss = max - logits.get(start + label) + TornadoMath.log(sum);
      }
      LossArrays.add(r, loss, control, sums);
    }
  }

  /**
   * What {@link #evaluate} does, and the gradient of the whole batch's mean loss, in one launch: (softmax − one-hot) · scale,
   * and 0 in rows that do not count.
   *
   * @param logits [rows, classes]
   * @param labels class of every example of the data set, [examples, positions]
   * @param indices the examples of the batch
   * @param control a {@link BatchControl}
   * @param scale 1 / sum of the weights of the whole batch
   * @param sums [rows]
   * @param gradient [rows, classes]
   * @param rows examples of the batch · positions
   */
  public static void train(
      FloatArray logits, IntArray labels, IntArray indices, IntArray control, FloatArray scale, FloatArray sums,
      FloatArray gradient, int rows, int positions, int classes) {
    for (@Parallel int r = 0; r < rows; r++) {
      int start = r * classes;
      float max = logits.get(start);
      for (int c = 1; c < classes; c++) {
        if (logits.get(start + c) > max) {
          max = logits.get(start + c);
        }
      }
      float sum = 0f;
      for (int c = 0; c < classes; c++) {
        float e = TornadoMath.exp(logits.get(start + c) - max);
        gradient.set(start + c, e);
        sum += e;
      }
      int label = label(r, positions, labels, indices, control);
      float loss = 0f;
      float weight = 0f;
      if (label >= 0) {
        weight = scale.get(0);
        loss = max - logits.get(start + label) + TornadoMath.log(sum);
      }
      for (int c = 0; c < classes; c++) {
        float target = 0f;
        if (c == label) {
          target = 1f;
        }
        gradient.set(start + c, (gradient.get(start + c) / sum - target) * weight);
      }
      LossArrays.add(r, loss, control, sums);
    }
  }

  /** The label of a row; negative if it counts for nothing, being ignored or padding. */
  static int label(int row, int positions, IntArray labels, IntArray indices, IntArray control) {
    int b = row / positions;
    int label = labels.get(indices.get(b) * positions + row - b * positions);
    if (b >= control.get(BatchControl.COUNT)) {
      label = -1;
    }
    return label;
  }
}
