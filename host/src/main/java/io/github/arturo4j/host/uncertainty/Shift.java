// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import java.util.Random;

/** What makes of test images others, of which a network should know that it knows nothing. */
public enum Shift {
  /** Each value is any byte. */
  NOISE("noise"),

  /** Each image's own pixels in a random order: its histogram, and nothing to see. */
  SHUFFLED("shuffled pixels"),

  /** The image turned by a quarter, against the clock; of one that is not square, by a half. */
  ROTATED("rotated");

  private final String title;

  Shift(String title) {
    this.title = title;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** Whether features are images that it can be done with. */
  public static boolean fits(Features features) {
    return features.type() == Features.Bytes.class && features.shape().rank() == 3;
  }

  /**
   * The others, as many.
   *
   * @param seed equal ones make the same
   */
  public Features.Bytes of(Features.Bytes images, long seed) {
    byte[] values = images.values().clone();
    Random random = new Random(seed);
    Shape shape = images.shape();
    for (int i = 0; i < images.count(); i++) {
      switch (this) {
        case NOISE -> noise(values, i * shape.size(), shape.size(), random);
        case SHUFFLED -> shuffle(values, i * shape.size(), shape, random);
        case ROTATED -> rotate(images.values(), values, i * shape.size(), shape);
      }
    }
    return new Features.Bytes(values, images.count(), shape);
  }

  private static void noise(byte[] values, int from, int size, Random random) {
    byte[] noise = new byte[size];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, values, from, size);
  }

  /** Fisher and Yates; a pixel's channels stay together. */
  private static void shuffle(byte[] values, int from, Shape shape, Random random) {
    for (int i = shape.pixels() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      for (int plane = from; plane < from + shape.size(); plane += shape.pixels()) {
        byte kept = values[plane + i];
        values[plane + i] = values[plane + j];
        values[plane + j] = kept;
      }
    }
  }

  private static void rotate(byte[] from, byte[] to, int first, Shape shape) {
    int height = shape.height();
    int width = shape.width();
    for (int plane = first; plane < first + shape.size(); plane += shape.pixels()) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int source = height == width ? x * width + width - 1 - y : (height - 1 - y) * width + width - 1 - x;
          to[plane + y * width + x] = from[plane + source];
        }
      }
    }
  }
}
