// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.nn.BatchControl;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Cross-entropy of the softmax, in nats. Each row of the batch has a sum of losses of its own, which the device adds to from
 * step to step: nothing is reduced on the device, and the host adds the rows up in double.
 */
public final class SoftmaxCrossEntropy {
  private SoftmaxCrossEntropy() {}

  /** What {@link #evaluate} has to do. */
  public static Cost evaluateCost(int batch, int classes) {
    return Cost.elements((long) batch * classes, 4, 1, 0).plus(Cost.elements(batch, 4, 2, 1));
  }

  /** What {@link #train} has to do. */
  public static Cost trainCost(int batch, int classes) {
    return evaluateCost(batch, classes).plus(Cost.elements((long) batch * classes, 3, 0, 1));
  }

  /**
   * Adds each row's loss log Σ_c exp(logit_c) − logit_label to its sum. Padding rows add nothing.
   *
   * @param logits [batch, classes]
   * @param labels class of every example of the data set
   * @param indices example of each row
   * @param control a {@link BatchControl}
   * @param sums [batch]
   */
  public static void evaluate(
      FloatArray logits, IntArray labels, IntArray indices, IntArray control, FloatArray sums, int batch,
      int classes) {
    for (@Parallel int b = 0; b < batch; b++) {
      int start = b * classes;
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
      int label = labels.get(indices.get(b));
      float loss = 0f;
      if (b < control.get(BatchControl.COUNT)) {
        loss = max - logits.get(start + label) + TornadoMath.log(sum);
      }
      LossArrays.add(b, loss, control, sums);
    }
  }

  /**
   * What {@link #evaluate} does, and the gradient of the whole batch's mean loss, in one launch: (softmax − one-hot) / total,
   * and 0 in padding rows.
   *
   * @param logits [batch, classes]
   * @param labels class of every example of the data set
   * @param indices example of each row
   * @param control a {@link BatchControl}
   * @param sums [batch]
   * @param gradient [batch, classes]
   */
  public static void train(
      FloatArray logits, IntArray labels, IntArray indices, IntArray control, FloatArray sums,
      FloatArray gradient, int batch, int classes) {
    for (@Parallel int b = 0; b < batch; b++) {
      int start = b * classes;
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
      int label = labels.get(indices.get(b));
      float loss = 0f;
      float weight = 0f;
      if (b < control.get(BatchControl.COUNT)) {
        weight = 1f / control.get(BatchControl.TOTAL);
        loss = max - logits.get(start + label) + TornadoMath.log(sum);
      }
      for (int c = 0; c < classes; c++) {
        float target = 0f;
        if (c == label) {
          target = 1f;
        }
        gradient.set(start + c, (gradient.get(start + c) / sum - target) * weight);
      }
      LossArrays.add(b, loss, control, sums);
    }
  }
}
