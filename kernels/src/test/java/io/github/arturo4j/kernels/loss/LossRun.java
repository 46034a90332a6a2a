// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.nn.Device;
import io.github.arturo4j.kernels.reference.LossReference;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What a loss makes of a batch on every device, in training and in evaluation.
 *
 * @param sums of the rows, as trained
 * @param evaluated the same, as evaluated
 * @param gradient with respect to the outputs
 */
record LossRun(FloatArray sums, FloatArray evaluated, FloatArray gradient) {
  /**
   * Runs it.
   *
   * @param indices the examples of the batch
   * @param count those that are no padding
   * @param total examples of the whole batch
   * @param weight sum of their weights
   * @param before each row's sum so far; NaN to start anew
   */
  static LossRun of(
      Loss loss, Targets targets, float[] outputs, int[] indices, int count, int total, double weight, float before) {
    int batch = indices.length;
    int positions = targets.positions();
    int rows = batch * positions;
    int width = outputs.length / rows;
    loss.check(targets, width);
    BatchControl control = new BatchControl(0);
    control.set(total, Float.isNaN(before), 0, 0);
    control.part(0, count, true);
    FloatArray z = FloatArray.fromArray(outputs);
    IntArray labels = targets instanceof Targets.Classes classes ? IntArray.fromArray(classes.labels()) : null;
    FloatArray values = targets instanceof Targets.Values numbers ? FloatArray.fromArray(numbers.values()) : null;
    IntArray chosen = IntArray.fromArray(indices);
    FloatArray scale = FloatArray.fromElements((float) (1 / weight));
    LossRun run = new LossRun(new FloatArray(rows), new FloatArray(rows), Device.garbage(rows * width));
    run.sums.init(before);
    run.evaluated.init(before);
    IntArray c = control.array();
    Device.run(
        g -> {
          loss.addTo(
              g, new LossArrays(z, labels, values, chosen, c, scale, run.sums, run.gradient, batch, positions, width));
          loss.addTo(g, new LossArrays(z, labels, values, chosen, c, scale, run.evaluated, null, batch, positions, width));
        },
        z, labels == null ? values : labels, chosen, c, run.sums, run.evaluated, run.gradient);
    return run;
  }

  /** One whole batch of all the targets. */
  static LossRun of(Loss loss, Targets targets, float... outputs) {
    int[] all = new int[targets.count()];
    Arrays.setAll(all, i -> i);
    return of(loss, targets, outputs, all, all.length, all.length, weight(loss, targets, all), Float.NaN);
  }

  /** The sum of the weights of examples. */
  static double weight(Loss loss, Targets targets, int... examples) {
    return Arrays.stream(examples).mapToDouble(i -> loss.weight(targets, i)).sum();
  }

  /** The reference of a row. */
  static LossReference reference(Loss loss, Targets targets, int example, float[] outputs, int row, int width) {
    double[] own = new double[width];
    for (int j = 0; j < width; j++) {
      own[j] = outputs[row * width + j];
    }
    return LossReference.of(loss, targets, example, own);
  }
}
