// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.nn.BatchControl;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What {@link io.github.arturo4j.kernels.nn.ResizedCropKernels} are compared with: torchvision's {@code RandomResizedCrop} with the
 * kernels' random numbers; cuts the crop out, resizes it, turns it around, normalises it.
 *
 * @param channels channels of an image
 * @param height rows of an image
 * @param width columns of an image
 * @param minScale least share of the image's area
 * @param maxScale greatest share of it
 * @param minRatio least width / height
 * @param maxRatio greatest width / height
 * @param flip whether half of the crops are flipped left to right
 * @param mean of each channel
 * @param std standard deviation of each channel
 */
public record ResizedCropReference(
    int channels, int height, int width, double minScale, double maxScale, double minRatio, double maxRatio, boolean flip,
    double[] mean, double[] std) {
  private static final int TRIES = 10;

  /** What is cut out of an image. */
  public record Box(int top, int left, int rows, int columns) {}

  /** The box of that row of the whole batch. */
  public Box box(IntArray control, int row) {
    RandomReference random = RandomReference.of(control, BatchControl.CROP_KEY);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int draw = 4 * (TRIES * row + attempt);
      double area = height * width * (minScale + (maxScale - minScale) * random.uniform(draw));
      double logRatio = Math.log(minRatio) + (Math.log(maxRatio) - Math.log(minRatio)) * random.uniform(draw + 1);
      int columns = (int) Math.round(Math.sqrt(area * Math.exp(logRatio)));
      int rows = (int) Math.round(Math.sqrt(area / Math.exp(logRatio)));
      if (columns > 0 && columns <= width && rows > 0 && rows <= height) {
        int top = (int) ((height - rows + 1) * random.uniform(draw + 2));
        int left = (int) ((width - columns + 1) * random.uniform(draw + 3));
        return new Box(top, left, rows, columns);
      }
    }
    int rows = height;
    int columns = width;
    if ((double) width / height < minRatio) {
      rows = Math.max(1, (int) Math.rint(width / minRatio));
    } else if ((double) width / height > maxRatio) {
      columns = Math.max(1, (int) Math.rint(height * maxRatio));
    }
    return new Box((height - rows) / 2, (width - columns) / 2, rows, columns);
  }

  /** Row b is made of image indices[b]; rows from {@code count} on are 0. */
  public double[] gather(byte[] pixels, int[] indices, int count, IntArray control) {
    RandomReference flips = RandomReference.of(control, BatchControl.AUGMENTATION_KEY);
    int firstRow = control.get(BatchControl.FIRST_ROW);
    double[] x = new double[indices.length * channels * height * width];
    int at = 0;
    for (int b = 0; b < count; b++) {
      Box box = box(control, firstRow + b);
      boolean flipped = flip && flips.below(2, 3 * (firstRow + b) + 2) == 1;
      for (int c = 0; c < channels; c++) {
        double[][] crop = crop(pixels, (indices[b] * channels + c) * height * width, box);
        for (int row = 0; row < height; row++) {
          for (int column = 0; column < width; column++) {
            double value = resized(crop, row, flipped ? width - 1 - column : column);
            x[at++] = (value / 255 - mean[c]) / std[c];
          }
        }
      }
    }
    return x;
  }

  private double[][] crop(byte[] pixels, int first, Box box) {
    double[][] crop = new double[box.rows][box.columns];
    for (int row = 0; row < box.rows; row++) {
      for (int column = 0; column < box.columns; column++) {
        crop[row][column] = Byte.toUnsignedInt(pixels[first + (box.top + row) * width + box.left + column]);
      }
    }
    return crop;
  }

  /** A pixel of the crop resized to the image's size: the weighted mean of the crop's pixels that are less than 1 away. */
  private double resized(double[][] crop, int row, int column) {
    double y = (row + 0.5) * crop.length / height - 0.5;
    double x = (column + 0.5) * crop[0].length / width - 0.5;
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < crop.length; i++) {
      for (int j = 0; j < crop[0].length; j++) {
        double weight = Math.max(0, 1 - Math.abs(i - y)) * Math.max(0, 1 - Math.abs(j - x));
        sum += weight * crop[i][j];
        weights += weight;
      }
    }
    return sum / weights;
  }
}
