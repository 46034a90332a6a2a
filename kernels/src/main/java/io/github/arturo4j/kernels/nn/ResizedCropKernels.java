// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.LoopGrid;
import io.github.arturo4j.kernels.random.CounterRandom;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Crops of random size, proportions and place, resized to the image's own size: torchvision's {@code RandomResizedCrop}. (The
 * crop is that of Szegedy et al., <i>Going Deeper with Convolutions</i>, CVPR 2015.)
 */
public final class ResizedCropKernels {
  /** Values of a box: first row, first column, rows, columns. */
  static final int BOX = 4;

  /** Boxes that are drawn for an image, of which it gets the first that lies within it. */
  static final int TRIES = 10;

  /** Random numbers of a box: area, proportions, first row, first column. */
  private static final int DRAWS = 4;

  private ResizedCropKernels() {}

  /**
   * Draws a box for each image of a batch: an area uniform between two shares of the image's, the logarithm of width / height
   * uniform between two, sides rounded, and of the places that fit each as likely. Where ten do not fit, the image gets the
   * central box.
   *
   * @param control a {@link BatchControl}
   * @param range least share of the area, and what the greatest is more; the same of the logarithm of width / height
   * @param boxes first row, first column, rows and columns of each, [batch, 4]
   * @param centralHeight rows of the central box
   * @param centralWidth its columns
   */
  public static void boxes(
      IntArray control, FloatArray range, IntArray boxes, int batch, int height, int width, int centralHeight,
      int centralWidth) {
    int key = control.get(BatchControl.CROP_KEY);
    int secondKey = control.get(BatchControl.CROP_KEY + 1);
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      int top = (height - centralHeight) / 2;
      int left = (width - centralWidth) / 2;
      int rows = centralHeight;
      int columns = centralWidth;
      int first = DRAWS * TRIES * (b + control.get(BatchControl.FIRST_ROW));
      for (int t = 1; t <= TRIES; t++) { // the last first, so that the first that fits stays
        int draw = first + DRAWS * (TRIES - t);
        float share = range.get(0) + range.get(1) * CounterRandom.uniform(draw, key, secondKey);
        float ratio = TornadoMath.exp(range.get(2) + range.get(3) * CounterRandom.uniform(draw + 1, key, secondKey));
        float area = share * height * width;
        int tryRows = (int) (TornadoMath.sqrt(area / ratio) + 0.5f);
        int tryColumns = (int) (TornadoMath.sqrt(area * ratio) + 0.5f);
        int tryTop = (int) ((height - tryRows + 1) * CounterRandom.uniform(draw + 2, key, secondKey));
        int tryLeft = (int) ((width - tryColumns + 1) * CounterRandom.uniform(draw + 3, key, secondKey));
        boolean fits = tryRows > 0 && tryColumns > 0 && tryRows <= height && tryColumns <= width;
        top = fits ? tryTop : top;
        left = fits ? tryLeft : left;
        rows = fits ? tryRows : rows;
        columns = fits ? tryColumns : columns;
      }
      boxes.set(BOX * b, top);
      boxes.set(BOX * b + 1, left);
      boxes.set(BOX * b + 2, rows);
      boxes.set(BOX * b + 3, columns);
    }
  }

  /**
   * Resizes what is in each image's box to the size of the image, flips it left to right with probability ½, and normalises: x =
   * (pixel / 255 − mean) / std of the channel. A pixel is interpolated between the four whose centres are around its own, where
   * there are so many in the box, as by PyTorch's {@code interpolate}, bilinear, without aligned corners. Rows from the batch's
   * count on are 0.
   *
   * @param pixels unsigned bytes, [images, channels, height, width]
   * @param indices image of each row; must be valid for padding rows, too
   * @param control a {@link BatchControl}
   * @param boxes what {@link #boxes} writes
   * @param moments mean of each channel, then standard deviation of each
   * @param x the batch, [batch, channels, height, width]
   * @param flip 1 to flip at random, 0 never to
   */
  public static void crop(
      ByteArray pixels, IntArray indices, IntArray control, IntArray boxes, FloatArray moments, FloatArray x, int batch,
      int channels, int height, int width, int flip) {
    int key = control.get(BatchControl.AUGMENTATION_KEY);
    int secondKey = control.get(BatchControl.AUGMENTATION_KEY + 1);
    for (@Parallel int line = 0; line < batch * channels * height; line++) {
      for (@Parallel int column = 0; column < (width & LoopGrid.ANY); column++) {
        int plane = line / height;
        int b = plane / channels;
        int channel = plane - b * channels;
        int mirror = BatchGather.mirror(flip, b + control.get(BatchControl.FIRST_ROW), key, secondKey);
        int rows = boxes.get(BOX * b + 2);
        int columns = boxes.get(BOX * b + 3);
        float down = place(line - plane * height, rows, height);
        float across = place(column + mirror * (width - 1 - 2 * column), columns, width);
        int top = (int) down;
        int left = (int) across;
        int toBottom = TornadoMath.min(1, rows - 1 - top) * width;
        int toRight = TornadoMath.min(1, columns - 1 - left);
        int from =
            ((indices.get(b) * channels + channel) * height + boxes.get(BOX * b) + top) * width + boxes.get(BOX * b + 1) + left;
        float upper = between(pixels.get(from) & 0xff, pixels.get(from + toRight) & 0xff, across - left);
        float lower =
            between(pixels.get(from + toBottom) & 0xff, pixels.get(from + toBottom + toRight) & 0xff, across - left);
        float value = 0f;
        if (b < control.get(BatchControl.COUNT)) {
          value = (between(upper, lower, down - top) / 255f - moments.get(channel)) / moments.get(channels + channel);
        }
        x.set(line * width + column, value);
      }
    }
  }

  /** Where among the {@code from} pixels of a side the centre of pixel i of {@code to} is; at least 0. */
  private static float place(int i, int from, int to) {
    return TornadoMath.max(0f, (i + 0.5f) * from / to - 0.5f);
  }

  private static float between(float a, float b, float share) {
    return a + share * (b - a);
  }
}
