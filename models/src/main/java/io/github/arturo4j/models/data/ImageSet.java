// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.layer.Shape;
import java.util.Arrays;

/**
 * Labelled images, as bytes.
 *
 * @param pixels unsigned, [count, channels, height, width]
 * @param labels from 0 and below {@code classes}
 * @param count number of images
 * @param channels channels of an image
 * @param height rows of an image
 * @param width columns of an image
 * @param classes number of classes
 */
public record ImageSet(byte[] pixels, int[] labels, int count, int channels, int height, int width, int classes)
    implements Examples {
  /** Checks that the sizes fit together and every label is below {@code classes}. */
  public ImageSet {
    long expected = (long) count * channels * height * width;
    if (count < 1 || pixels.length != expected || labels.length != count) {
      throw new IllegalArgumentException(
          "%d images of %d×%d×%d need %d bytes and %d labels, not %d and %d"
              .formatted(count, channels, height, width, expected, count, pixels.length, labels.length));
    }
    for (int i = 0; i < count; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "label %d of image %d is not below %d classes".formatted(labels[i], i, classes));
      }
    }
  }

  /** The same with labels that are unsigned bytes, as files have them. */
  public ImageSet(byte[] pixels, byte[] labels, int count, int channels, int height, int width, int classes) {
    this(pixels, ints(labels), count, channels, height, width, classes);
  }

  private static int[] ints(byte[] labels) {
    int[] ints = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      ints[i] = Byte.toUnsignedInt(labels[i]);
    }
    return ints;
  }

  @Override
  public Features features() {
    return new Features.Bytes(pixels, count, shape());
  }

  @Override
  public Targets targets() {
    return new Targets.Classes(labels, classes);
  }

  @Override
  public ImageSet select(int... indices) {
    Features.Bytes selected = (Features.Bytes) features().select(indices);
    int[] theirs = Arrays.stream(indices).map(i -> labels[i]).toArray();
    return new ImageSet(selected.values(), theirs, indices.length, channels, height, width, classes);
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
  @Override
  public Shape shape() {
    return new Shape(channels, height, width);
  }
}
