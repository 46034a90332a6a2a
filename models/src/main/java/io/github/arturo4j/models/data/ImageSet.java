// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.Shape;
import java.util.Arrays;

/**
 * Labelled images, as bytes.
 *
 * @param pixels unsigned, [count, channels, height, width]
 * @param labels unsigned, below {@code classes}
 * @param count number of images
 * @param channels channels of an image
 * @param height rows of an image
 * @param width columns of an image
 * @param classes number of classes
 */
public record ImageSet(byte[] pixels, byte[] labels, int count, int channels, int height, int width,
    int classes) {
  /** Checks that the sizes fit together and every label is below {@code classes}. */
  public ImageSet {
    long expected = (long) count * channels * height * width;
    if (count < 1 || pixels.length != expected || labels.length != count) {
      throw new IllegalArgumentException(
          "%d images of %d×%d×%d need %d bytes and %d labels, not %d and %d"
              .formatted(count, channels, height, width, expected, count, pixels.length, labels.length));
    }
    for (int i = 0; i < count; i++) {
      if ((labels[i] & 0xff) >= classes) {
        throw new IllegalArgumentException(
            "label %d of image %d is not below %d classes".formatted(labels[i] & 0xff, i, classes));
      }
    }
  }

  /** The first n images; all if there are fewer. */
  public ImageSet limit(int n) {
    if (n >= count) {
      return this;
    }
    byte[] somePixels = Arrays.copyOf(pixels, n * channels * height * width);
    return new ImageSet(somePixels, Arrays.copyOf(labels, n), n, channels, height, width, classes);
  }

  /** Shape of an image. */
  public Shape shape() {
    return new Shape(channels, height, width);
  }

  /** Throws if a network cannot take these images. */
  public void checkFits(Network network) {
    if (!network.input().equals(shape()) || network.classes() < classes) {
      throw new IllegalArgumentException(
          "%s takes images of %s in %d classes, not %s in %d"
              .formatted(network.name(), network.input(), network.classes(), shape(), classes));
    }
  }
}
