// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.nn.BatchGather;
import io.github.arturo4j.kernels.nn.StepControl;
import io.github.arturo4j.kernels.reference.BatchGatherReference;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Batches, full and padded, gathered from bytes. */
final class BatchGatherCheck {
  private static final double TOLERANCE = 1e-6;
  private static final int IMAGES = 20;

  private BatchGatherCheck() {}

  static void run(Probe probe) {
    check(probe, 1, 1, 1);
    check(probe, 13, 13, 207);
    check(probe, 5, 4, 784);
  }

  private static void check(Probe probe, int batch, int count, int size) {
    byte[] bytes = new byte[IMAGES * size];
    int[] values = probe.integers(bytes.length, 256);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    ByteArray pixels = ByteArray.fromArray(bytes);
    IntArray indices = IntArray.fromArray(probe.integers(batch, IMAGES));
    StepControl step = new StepControl(0);
    step.set(count, false, 0, 0);
    IntArray control = step.array();
    FloatArray x = probe.garbage(batch * size);
    probe.run(
        g -> g.add(t -> t.task("gather", BatchGather::gather, pixels, indices, control, x, batch, size)),
        pixels, indices, control, x);
    probe.expect(
        "batch of %d×%d: image".formatted(batch, size), x,
        BatchGatherReference.gather(bytes, indices.toHeapArray(), count, size), TOLERANCE);
  }
}
