// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.nn.BatchGather;
import io.github.arturo4j.kernels.reference.AugmentationReference;
import io.github.arturo4j.kernels.reference.BatchGatherReference;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Batches, full and padded, gathered from bytes: as they are, and cropped, flipped and normalised; and from floats. */
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
    floats(probe, 13, 12, 3, 69);
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

  private static void floats(CheckContext probe, int batch, int count, int channels, int pixels) {
    int size = channels * pixels;
    FloatArray features = probe.values(IMAGES * size);
    IntArray indices = IntArray.fromArray(probe.integers(batch, IMAGES));
    IntArray control = control(count);
    FloatArray moments = moments(MEAN, STD);
    FloatArray x = probe.garbage(batch * size);
    FloatArray normalized = probe.garbage(batch * size);
    probe.run(
        g -> {
          g.add(t -> t.task("gather", BatchGather::gatherFloats, features, indices, control, x, batch, size));
          g.add(
              t -> t.task(
                  "normalize", BatchGather::normalizeFloats, features, indices, control, moments, normalized, batch,
                  channels, pixels));
        },
        features, indices, control, moments, x, normalized);
    double[] expected = new double[batch * size];
    double[] expectedNormalized = new double[batch * size];
    for (int i = 0; i < count * size; i++) {
      int channel = i % size / pixels;
      expected[i] = features.get(indices.get(i / size) * size + i % size);
      expectedNormalized[i] = (expected[i] - MEAN[channel]) / STD[channel];
    }
    String what = "batch of %d×%d floats: ".formatted(batch, size);
    probe.expect(what + "features", x, expected, 0);
    probe.expect(what + "normalised features", normalized, expectedNormalized, TOLERANCE);
  }

  static FloatArray moments(double[] mean, double[] std) {
    FloatArray moments = new FloatArray(2 * mean.length);
    for (int c = 0; c < mean.length; c++) {
      moments.set(c, (float) mean[c]);
      moments.set(mean.length + c, (float) std[c]);
    }
    return moments;
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
    FloatArray moments = moments(reference.mean(), reference.std());
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

  static byte[] bytes(CheckContext probe, int n) {
    byte[] bytes = new byte[n];
    int[] values = probe.integers(n, 256);
    for (int i = 0; i < n; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static IntArray control(int count) {
    BatchControl step = new BatchControl(0);
    step.set(count, false, 42, 1);
    return step.array();
  }
}
