// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.nn.BatchGather;
import io.github.arturo4j.kernels.reference.AugmentationReference;
import io.github.arturo4j.kernels.reference.BatchGatherReference;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Batches, full and padded, gathered from bytes: as they are, and cropped, flipped and normalised. */
final class BatchGatherCheck {
  private static final double TOLERANCE = 1e-6;
  private static final int IMAGES = 20;
  private static final double[] MEAN = {0.5, 0.4, 0.3};
  private static final double[] STD = {0.25, 0.2, 0.5};

  private BatchGatherCheck() {}

  static void run(CheckContext probe) {
    check(probe, 1, 1, 1);
    check(probe, 13, 13, 207);
    check(probe, 5, 4, 784);
    augment(probe, 13, 13, new AugmentationReference(3, 32, 32, 4, false, true, MEAN, STD));
    augment(probe, 5, 4, new AugmentationReference(3, 7, 5, 4, true, true, MEAN, STD));
    augment(probe, 3, 3, new AugmentationReference(3, 4, 9, 0, false, false, MEAN, STD));
  }

  private static void check(CheckContext probe, int batch, int count, int size) {
    byte[] bytes = bytes(probe, IMAGES * size);
    ByteArray pixels = ByteArray.fromArray(bytes);
    IntArray indices = IntArray.fromArray(probe.integers(batch, IMAGES));
    IntArray control = control(count);
    FloatArray x = probe.garbage(batch * size);
    probe.run(
        g -> g.add(t -> t.task("gather", BatchGather::gather, pixels, indices, control, x, batch, size)),
        pixels, indices, control, x);
    probe.expect(
        "batch of %d×%d: image".formatted(batch, size), x,
        BatchGatherReference.gather(bytes, indices.toHeapArray(), count, size), TOLERANCE);
  }

  private static void augment(CheckContext probe, int batch, int count, AugmentationReference reference) {
    int channels = reference.channels();
    int height = reference.height();
    int width = reference.width();
    int padding = reference.padding();
    int reflect = reference.reflect() ? 1 : 0;
    int flip = reference.flip() ? 1 : 0;
    byte[] bytes = bytes(probe, IMAGES * channels * height * width);
    ByteArray pixels = ByteArray.fromArray(bytes);
    IntArray indices = IntArray.fromArray(probe.integers(batch, IMAGES));
    IntArray control = control(count);
    FloatArray moments = new FloatArray(2 * channels);
    for (int c = 0; c < channels; c++) {
      moments.set(c, (float) reference.mean()[c]);
      moments.set(channels + c, (float) reference.std()[c]);
    }
    FloatArray x = probe.garbage(batch * channels * height * width);
    probe.run(
        g -> g.add(
            t -> t.task(
                "augment", BatchGather::augment, pixels, indices, control, moments, x, batch, channels, height, width,
                padding, reflect, flip)),
        pixels, indices, control, moments, x);
    probe.expect(
        "batch of %d×%d×%d×%d, padding %d: image".formatted(batch, channels, height, width, padding), x,
        reference.gather(bytes, indices.toHeapArray(), count, control), TOLERANCE);
  }

  private static byte[] bytes(CheckContext probe, int n) {
    byte[] bytes = new byte[n];
    int[] values = probe.integers(n, 256);
    for (int i = 0; i < n; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static IntArray control(int count) {
    BatchControl step = new BatchControl(0);
    step.set(count, false, 42, 1);
    return step.array();
  }
}
