// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import io.github.arturo4j.kernels.nn.BatchControl;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What the task of a loss reads and writes. Where targets are classes at several positions, each of these has a row of its
 * own: {@code batch · positions} in all. All but {@code scale} is on the device already; a task that reads it adds it by
 * {@code graph.everyTime}.
 *
 * @param outputs of the network, [batch, positions, width]
 * @param labels classes of every example of the data set, [examples, positions]; null if the targets are values
 * @param values target values of every example of the data set, [examples, values of one]; null if they are classes
 * @param indices the examples of the batch, [batch]
 * @param control a {@link BatchControl}
 * @param scale 1 / sum of the weights of the whole batch, [1]; where every example weighs 1 that is 1 /
 *     {@link BatchControl#TOTAL}
 * @param sums of each row's losses, [batch, positions]; see {@link #add}
 * @param gradient of the batch's mean loss with respect to the outputs, as these; null in an evaluation
 * @param batch examples
 * @param positions targets of an example, 1 but for classes at positions
 * @param width outputs of the network, at a position
 */
public record LossArrays(
    FloatArray outputs, IntArray labels, FloatArray values, IntArray indices, IntArray control, FloatArray scale,
    FloatArray sums, FloatArray gradient, int batch, int positions, int width) {
  /** With a target for each example. */
  public LossArrays(
      FloatArray outputs, IntArray labels, FloatArray values, IntArray indices, IntArray control, FloatArray scale,
      FloatArray sums, FloatArray gradient, int batch, int width) {
    this(outputs, labels, values, indices, control, scale, sums, gradient, batch, 1, width);
  }

  /** Rows of outputs, each with a sum of its own. */
  public int rows() {
    return batch * positions;
  }

  /** Where a gradient goes: {@link #gradient}, or in an evaluation an array that nobody reads. */
  public FloatArray gradientOrScratch() {
    return gradient == null ? new FloatArray(rows() * width) : gradient;
  }

  /** For kernels: adds to a row's sum of losses, or starts it anew where {@link BatchControl#RESET} says so. */
  public static void add(int row, float loss, IntArray control, FloatArray sums) {
    float before = 0f;
    if (control.get(BatchControl.RESET) == 0) {
      before = sums.get(row);
    }
    sums.set(row, before + loss);
  }
}
