// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.LoopGrid;
import io.github.arturo4j.kernels.random.CounterRandom;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Collects the examples of a batch from the data set, which lies on the device as bytes or floats: {@link #gather} bytes as
 * they are, {@link #augment} images cropped and flipped at random and normalised, {@link #gatherFloats} floats as they are,
 * {@link #normalizeFloats} normalised.
 */
public final class BatchGather {
  /** Random numbers of an image: rows and columns that the crop is moved by, and whether it is flipped. */
  private static final int DRAWS = 3;

  private BatchGather() {}

  /** What {@link #augment} has to do, without the integers of the random numbers. */
  public static Cost augmentCost(int batch, int size) {
    long n = (long) batch * size;
    return new Cost(3 * n, n, n * Float.BYTES);
  }

  /** What {@link #gather} has to do. */
  public static Cost cost(int batch, int size) {
    long n = (long) batch * size;
    return new Cost(n, n, n * Float.BYTES);
  }

  /** What {@link #gatherFloats} and, with two operations a value, {@link #normalizeFloats} have to do. */
  public static Cost floatsCost(int batch, int size, int flops) {
    return Cost.elements((long) batch * size, flops, 1, 1);
  }

  /**
   * x[b,j] = features[indices[b],j] for the rows below the batch's count, 0 for the others.
   *
   * @param features [examples, size]
   * @param indices example of each row; must be valid for padding rows, too
   * @param control a {@link BatchControl}
   * @param x the batch, [batch, size]
   */
  public static void gatherFloats(
      FloatArray features, IntArray indices, IntArray control, FloatArray x, int batch, int size) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int j = 0; j < (size & LoopGrid.ANY); j++) {
        float value = 0f;
        if (b < control.get(BatchControl.COUNT)) {
          value = features.get(indices.get(b) * size + j);
        }
        x.set(b * size + j, value);
      }
    }
  }

  /**
   * What {@link #gatherFloats} does, normalised: x = (feature − mean) / std of the channel.
   *
   * @param features [examples, channels, pixels]
   * @param indices example of each row; must be valid for padding rows, too
   * @param control a {@link BatchControl}
   * @param moments mean of each channel, then standard deviation of each
   * @param x the batch, [batch, channels, pixels]
   */
  public static void normalizeFloats(
      FloatArray features, IntArray indices, IntArray control, FloatArray moments, FloatArray x, int batch,
      int channels, int pixels) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int j = 0; j < channels * pixels; j++) {
        float value = 0f;
        if (b < control.get(BatchControl.COUNT)) {
          int channel = j / pixels;
          value =
              (features.get(indices.get(b) * channels * pixels + j) - moments.get(channel))
                  / moments.get(channels + channel);
        }
        x.set(b * channels * pixels + j, value);
      }
    }
  }

  /**
   * x[b,j] = pixels[indices[b],j] / 255 for the rows below the batch's count, 0 for the others.
   *
   * @param pixels unsigned bytes, [images, size]
   * @param indices image of each row; must be valid for padding rows, too
   * @param control a {@link BatchControl}
   * @param x the batch, [batch, size]
   */
  public static void gather(ByteArray pixels, IntArray indices, IntArray control, FloatArray x, int batch,
      int size) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int j = 0; j < (size & LoopGrid.ANY); j++) {
        float value = 0f;
        if (b < control.get(BatchControl.COUNT)) {
          value = (pixels.get(indices.get(b) * size + j) & 0xff) / 255f;
        }
        x.set(b * size + j, value);
      }
    }
  }

  /**
   * Pads each image on its four sides, takes a crop of its own size at a random place, flips it left to right with
   * probability ½, and normalises: x = (pixel / 255 − mean) / std of the channel. The padding is made of zero bytes or
   * of the image reflected at its outermost pixels, and is normalised like any other pixel, as by torchvision's
   * {@code RandomCrop} before {@code ToTensor} and {@code Normalize}. The random numbers are a function of the step's
   * key and of the row in the whole batch. Rows from the batch's count on are 0.
   *
   * @param pixels unsigned bytes, [images, channels, height, width]
   * @param indices image of each row; must be valid for padding rows, too
   * @param control a {@link BatchControl}
   * @param moments mean of each channel, then standard deviation of each
   * @param x the batch, [batch, channels, height, width]
   * @param padding pixels on each side, at most 63, and less than height and width if reflected; 0 for no crop
   * @param reflect 1 for reflected padding, 0 for zeros
   * @param flip 1 to flip at random, 0 never to
   */
  public static void augment(
      ByteArray pixels, IntArray indices, IntArray control, FloatArray moments, FloatArray x, int batch,
      int channels, int height, int width, int padding, int reflect, int flip) {
    int key = control.get(BatchControl.AUGMENTATION_KEY);
    int secondKey = control.get(BatchControl.AUGMENTATION_KEY + 1);
    for (@Parallel int line = 0; line < batch * channels * height; line++) {
      for (@Parallel int column = 0; column < (width & LoopGrid.ANY); column++) {
        int plane = line / height;
        int b = plane / channels;
        int channel = plane - b * channels;
        int row = b + control.get(BatchControl.FIRST_ROW);
        int draw = DRAWS * row;
        int mirror = mirror(flip, row, key, secondKey);
        int fromRow = line - plane * height + below(2 * padding + 1, draw, key, secondKey) - padding;
        int fromColumn =
            column + mirror * (width - 1 - 2 * column) + below(2 * padding + 1, draw + 1, key, secondKey) - padding;
        if (reflect == 1) {
          fromRow = reflected(fromRow, height);
          fromColumn = reflected(fromColumn, width);
        }
        int outside = outside(fromRow, height) | outside(fromColumn, width);
        int from = ((indices.get(b) * channels + channel) * height + fromRow) * width + fromColumn;
        int pixel = pixels.get(from & ~outside) & 0xff & ~outside;
        float value = 0f;
        if (b < control.get(BatchControl.COUNT)) {
          value = (pixel / 255f - moments.get(channel)) / moments.get(channels + channel);
        }
        x.set(line * width + column, value);
      }
    }
  }

  /**
   * 1 if an image is to be flipped, else 0.
   *
   * @param flip 1 to flip at random, 0 never to
   * @param row of the image in the whole batch
   * @param key the first of the two at {@link BatchControl#AUGMENTATION_KEY}
   */
  static int mirror(int flip, int row, int key, int secondKey) {
    return flip * below(2, DRAWS * row + 2, key, secondKey);
  }

  /** A random whole number below {@code bound}, from 16 bits of the hash. */
  private static int below(int bound, int draw, int key, int secondKey) {
    return (((CounterRandom.hash(draw, key, secondKey) >> 8) & 0xffff) * bound) >> 16;
  }

  /** Where place i lies if what is outside of 0 to n − 1, by less than n, is reflected at the first and the last. */
  private static int reflected(int i, int n) {
    return n - 1 - TornadoMath.abs(n - 1 - TornadoMath.abs(i));
  }

  /** All bits set if i is not in 0 to n − 1, else none; without a branch. */
  private static int outside(int i, int n) {
    return (i | (n - 1 - i)) >> 31;
  }
}
