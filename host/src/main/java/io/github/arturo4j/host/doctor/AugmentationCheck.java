// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.nn.ColorJitterTasks;
import io.github.arturo4j.kernels.nn.ResizedCropTasks;
import io.github.arturo4j.kernels.reference.ColorJitterReference;
import io.github.arturo4j.kernels.reference.ResizedCropReference;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Random resized crops of a batch's images, and random changes of their colours. */
final class AugmentationCheck {
  private static final double TOLERANCE = 2e-5;
  private static final int IMAGES = 20;

  private AugmentationCheck() {}

  static void run(CheckContext probe) {
    crop(probe, 13, 13, 3, 32, 32);
    crop(probe, 5, 4, 1, 7, 5);
    jitter(probe, 13, 13, 3, 32, 31, 0.4, 0.1);
    jitter(probe, 5, 4, 3, 5, 7, 1.5, 0.5);
    jitter(probe, 5, 4, 1, 9, 7, 0, 0);
  }

  private static void crop(CheckContext probe, int batch, int count, int channels, int height, int width) {
    byte[] bytes = BatchGatherCheck.bytes(probe, IMAGES * channels * height * width);
    ByteArray pixels = ByteArray.fromArray(bytes);
    IntArray indices = IntArray.fromArray(probe.integers(batch, IMAGES));
    IntArray control = BatchGatherCheck.control(count);
    ResizedCropReference reference =
        new ResizedCropReference(channels, height, width, 0.08, 1, 0.5, 2, true, mean(channels), std(channels));
    FloatArray moments = BatchGatherCheck.moments(reference.mean(), reference.std());
    FloatArray x = probe.garbage(batch * channels * height * width);
    ResizedCropTasks tasks =
        new ResizedCropTasks(batch, channels, height, width, List.of(0.08, 1.0), List.of(0.5, 2.0), true);
    probe.run(g -> tasks.addTo(g, pixels, indices, control, moments, x), pixels, indices, control, moments, x);
    probe.expect(
        "resized crops, batch of %d×%d×%d×%d: image".formatted(batch, channels, height, width), x,
        reference.gather(bytes, indices.toHeapArray(), count, control), TOLERANCE);
  }

  private static void jitter(
      CheckContext probe, int batch, int count, int channels, int height, int width, double saturation, double hue) {
    int[] bytes = probe.integers(batch * channels * height * width, 256);
    double[] images = new double[bytes.length];
    FloatArray x = new FloatArray(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      images[i] = bytes[i] / 255.0;
      x.set(i, (float) images[i]);
    }
    IntArray control = BatchGatherCheck.control(count);
    ColorJitterReference reference =
        new ColorJitterReference(
            channels, height * width, 0.4, 0.5, saturation, hue, mean(channels), std(channels));
    FloatArray moments = BatchGatherCheck.moments(reference.mean(), reference.std());
    ColorJitterTasks tasks = new ColorJitterTasks(batch, channels, height, width, 0.4, 0.5, saturation, hue);
    probe.run(g -> tasks.addTo(g, control, moments, x), control, moments, x);
    probe.expect(
        "colour jitter, batch of %d×%d×%d×%d: image".formatted(batch, channels, height, width), x,
        reference.apply(images, count, control), TOLERANCE);
  }

  private static double[] mean(int channels) {
    return channels == 1 ? new double[] {0.3} : new double[] {0.5, 0.4, 0.3};
  }

  private static double[] std(int channels) {
    return channels == 1 ? new double[] {0.5} : new double[] {0.25, 0.2, 0.5};
  }
}
