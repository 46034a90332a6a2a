// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.inspect.DeviceException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Notices in the first execution that a device has not run a task: where a driver refuses a kernel's launch, TornadoVM
 * 5.2 prints the driver's number for it and goes on, and whoever reads the results would take what was there before.
 */
final class Unwritten {
  /** What neither a loss nor a gradient can be, and what a task that reads it does not turn into a plausible value. */
  private static final float MARK = -Float.MAX_VALUE;

  private Unwritten() {}

  /** Marks all values, to be uploaded before the first execution. */
  static void mark(FloatArray values) {
    values.init(MARK);
  }

  /**
   * Checks {@code count} downloaded values from {@code offset} on, which the first execution had to write.
   *
   * @throws IllegalStateException if one is still marked
   */
  static void check(FloatArray values, int offset, int count, String what) {
    for (int i = offset; i < offset + count; i++) {
      if (values.get(i) == MARK) {
        throw new DeviceException(
            "the device did not compute " + what + ": see what TornadoVM printed above; './arturo doctor' tells which"
                + " kernels the device runs, '--device jvm' does without it");
      }
    }
  }
}
