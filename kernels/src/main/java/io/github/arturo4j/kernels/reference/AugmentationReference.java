// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.nn.BatchControl;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What {@link io.github.arturo4j.kernels.nn.BatchGather#augment} is compared with: makes the padded image, cuts the
 * crop out of it, turns it around, normalises it.
 *
 * @param channels channels of an image
 * @param height rows of an image
 * @param width columns of an image
 * @param padding pixels on each side
 * @param reflect whether the padding is the image reflected at its outermost pixels, and not zeros
 * @param flip whether half of the crops are flipped left to right
 * @param mean of each channel
 * @param std standard deviation of each channel
 */
public record AugmentationReference(
    int channels, int height, int width, int padding, boolean reflect, boolean flip, double[] mean, double[] std) {

  /** Row b is made of image indices[b]; rows from {@code count} on are 0. */
  public double[] gather(byte[] pixels, int[] indices, int count, IntArray control) {
    RandomReference random = RandomReference.of(control, BatchControl.AUGMENTATION_KEY);
    double[] x = new double[indices.length * channels * height * width];
    int at = 0;
    for (int b = 0; b < count; b++) {
      int top = random.below(2 * padding + 1, 3 * b);
      int left = random.below(2 * padding + 1, 3 * b + 1);
      boolean flipped = flip && random.below(2, 3 * b + 2) == 1;
      for (int c = 0; c < channels; c++) {
        int[][] padded = padded(pixels, (indices[b] * channels + c) * height * width);
        for (int row = 0; row < height; row++) {
          for (int column = 0; column < width; column++) {
            int pixel = padded[top + row][left + (flipped ? width - 1 - column : column)];
            x[at++] = (pixel / 255.0 - mean[c]) / std[c];
          }
        }
      }
    }
    return x;
  }

  /** A channel of an image with the pixels around it. */
  private int[][] padded(byte[] pixels, int first) {
    int[][] padded = new int[height + 2 * padding][width + 2 * padding];
    for (int row = 0; row < padded.length; row++) {
      for (int column = 0; column < padded[row].length; column++) {
        int fromRow = row - padding;
        int fromColumn = column - padding;
        if (reflect) {
          fromRow = reflected(fromRow, height);
          fromColumn = reflected(fromColumn, width);
        }
        if (fromRow >= 0 && fromRow < height && fromColumn >= 0 && fromColumn < width) {
          padded[row][column] = Byte.toUnsignedInt(pixels[first + fromRow * width + fromColumn]);
        }
      }
    }
    return padded;
  }

  private static int reflected(int i, int n) {
    if (i < 0) {
      return -i;
    }
    return i < n ? i : 2 * (n - 1) - i;
  }
}
