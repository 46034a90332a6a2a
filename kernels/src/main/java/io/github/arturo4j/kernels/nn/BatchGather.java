// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.Cost;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Collects the images of a batch from the data set, which lies on the device as bytes. */
public final class BatchGather {
  private BatchGather() {}

  /** What {@link #gather} has to do. */
  public static Cost cost(int batch, int size) {
    long n = (long) batch * size;
    return new Cost(n, n, n * Float.BYTES);
  }

  /**
   * x[b,j] = pixels[indices[b],j] / 255 for the rows below the batch's count, 0 for the others.
   *
   * @param pixels unsigned bytes, [images, size]
   * @param indices image of each row; must be valid for padding rows, too
   * @param control a {@link StepControl}
   * @param x the batch, [batch, size]
   */
  public static void gather(ByteArray pixels, IntArray indices, IntArray control, FloatArray x, int batch,
      int size) {
    for (@Parallel int b = 0; b < batch; b++) {
      for (@Parallel int j = 0; j < size; j++) {
        float value = 0f;
        if (b < control.get(StepControl.COUNT)) {
          value = (pixels.get(indices.get(b) * size + j) & 0xff) / 255f;
        }
        x.set(b * size + j, value);
      }
    }
  }
}
