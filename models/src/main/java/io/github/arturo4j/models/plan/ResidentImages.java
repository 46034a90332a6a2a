// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Shape;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;

/** Sets of images as they lie on the device: once, one behind the other, for training and evaluation alike. */
public final class ResidentImages {
  private final List<ImageSet> sets;
  private final ByteArray pixels;
  private final ByteArray labels;

  /**
   * Images of the same shape.
   *
   * @throws IllegalArgumentException if they are not, or are more than 2 GiB in all
   */
  public ResidentImages(ImageSet... sets) {
    this.sets = List.of(sets);
    long bytes = 0;
    int count = 0;
    for (ImageSet set : sets) {
      if (!set.shape().equals(shape())) {
        throw new IllegalArgumentException("images of " + shape() + " and of " + set.shape() + " are not one data set");
      }
      bytes += set.pixels().length;
      count += set.count();
    }
    if (bytes > Integer.MAX_VALUE - Long.BYTES) {
      throw new IllegalArgumentException(
          "%,d images are %,d bytes; a device array takes 2 GiB at most: use fewer".formatted(count, bytes));
    }
    pixels = new ByteArray((int) bytes);
    labels = new ByteArray(count);
    int pixel = 0;
    int label = 0;
    for (ImageSet set : sets) {
      pixel = copy(set.pixels(), pixels, pixel);
      label = copy(set.labels(), labels, label);
    }
  }

  private static int copy(byte[] from, ByteArray to, int at) {
    for (int i = 0; i < from.length; i++) {
      to.set(at + i, from[i]);
    }
    return at + from.length;
  }

  /** Shape of an image. */
  public Shape shape() {
    return sets.getFirst().shape();
  }

  /** How many there are. */
  int count() {
    return labels.getSize();
  }

  /**
   * The index of a set's first image.
   *
   * @throws IllegalArgumentException if it is none of the sets
   */
  int first(ImageSet set) {
    int first = 0;
    for (ImageSet each : sets) {
      if (each == set) {
        return first;
      }
      first += each.count();
    }
    throw new IllegalArgumentException("these images are not on the device; give them to the plan when it is made");
  }

  /** All pixels, see {@link ImageSet#pixels}. */
  ByteArray pixels() {
    return pixels;
  }

  /** All labels, see {@link ImageSet#labels}. */
  ByteArray labels() {
    return labels;
  }
}
