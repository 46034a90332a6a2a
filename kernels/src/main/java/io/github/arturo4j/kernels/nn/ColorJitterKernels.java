// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.LoopGrid;
import io.github.arturo4j.kernels.random.CounterRandom;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Random changes of images' brightness, contrast, saturation and hue, in this order: what torchvision's {@code ColorJitter} does,
 * with its formulas for floats, but that its order is random, too. The values of an image x are between 0 and 1, and remain so:
 *
 * <ol>
 *   <li>brightness: x = f · x
 *   <li>contrast: x = f · x + (1 − f) · the mean of the grey image
 *   <li>saturation: x = f · x + (1 − f) · grey, of the pixel
 *   <li>hue: x as HSV (hue, saturation, value), hue + f, which goes round at 1
 * </ol>
 */
public final class ColorJitterKernels {
  /** Factors of an image: of brightness, contrast and saturation, and what is added to the hue. */
  static final int FACTORS = 4;

  private ColorJitterKernels() {}

  /**
   * Draws the factors of each image of a batch, each uniform in its range.
   *
   * @param control a {@link BatchControl}
   * @param range least value of each of the four, and what the greatest is more
   * @param factors [batch, 4]
   */
  public static void factors(IntArray control, FloatArray range, FloatArray factors, int batch) {
    int key = control.get(BatchControl.COLOR_KEY);
    int secondKey = control.get(BatchControl.COLOR_KEY + 1);
    for (@Parallel int i = 0; i < batch * FACTORS; i++) {
      int which = i - i / FACTORS * FACTORS;
      float share = CounterRandom.uniform(i + FACTORS * control.get(BatchControl.FIRST_ROW), key, secondKey);
      factors.set(i, range.get(2 * which) + range.get(2 * which + 1) * share);
    }
  }

  /**
   * The sum of each column of the images in grey, their brightness changed: grey = 0.2989 red + 0.587 green + 0.114 blue.
   *
   * @param x [batch, 3, height, width]
   * @param factors what {@link #factors} writes
   * @param sums [batch, width]
   */
  public static void colorSums(FloatArray x, FloatArray factors, FloatArray sums, int batch, int height, int width) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int column = 0; column < (width & LoopGrid.ANY); column++) {
        int pixels = height * width;
        float brightness = factors.get(FACTORS * b);
        float sum = 0f;
        for (int row = 0; row < height; row++) {
          int at = 3 * b * pixels + row * width + column;
          sum +=
              grey(
                  limited(brightness * x.get(at)), limited(brightness * x.get(at + pixels)),
                  limited(brightness * x.get(at + 2 * pixels)));
        }
        sums.set(b * width + column, sum);
      }
    }
  }

  /** What {@link #colorSums} does, of images that are grey: x is [batch, height, width]. */
  public static void greySums(FloatArray x, FloatArray factors, FloatArray sums, int batch, int height, int width) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int column = 0; column < (width & LoopGrid.ANY); column++) {
        float brightness = factors.get(FACTORS * b);
        float sum = 0f;
        for (int row = 0; row < height; row++) {
          sum += limited(brightness * x.get((b * height + row) * width + column));
        }
        sums.set(b * width + column, sum);
      }
    }
  }

  /**
   * The mean of each image in grey.
   *
   * @param sums of its columns, [batch, width]
   * @param means [batch]
   */
  public static void means(FloatArray sums, FloatArray means, int batch, int height, int width) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      float sum = 0f;
      for (int column = 0; column < width; column++) {
        sum += sums.get(b * width + column);
      }
      means.set(b, sum / (height * width));
    }
  }

  /**
   * Changes images in colours, in place, and normalises them: x = (x − mean) / std of the channel. Rows from the batch's count on
   * are 0.
   *
   * @param control a {@link BatchControl}
   * @param factors what {@link #factors} writes
   * @param means what {@link #means} writes
   * @param moments mean of each channel, then standard deviation of each
   * @param x [batch, 3, pixels]
   */
  public static void colors(
      IntArray control, FloatArray factors, FloatArray means, FloatArray moments, FloatArray x, int batch, int pixels) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int i = 0; i < (pixels & LoopGrid.ANY); i++) {
        int at = 3 * b * pixels + i;
        float brightness = factors.get(FACTORS * b);
        float contrast = factors.get(FACTORS * b + 1);
        float saturation = factors.get(FACTORS * b + 2);
        float mean = means.get(b);
        float red = blended(limited(brightness * x.get(at)), mean, contrast);
        float green = blended(limited(brightness * x.get(at + pixels)), mean, contrast);
        float blue = blended(limited(brightness * x.get(at + 2 * pixels)), mean, contrast);
        float grey = grey(red, green, blue);
        red = blended(red, grey, saturation);
        green = blended(green, grey, saturation);
        blue = blended(blue, grey, saturation);
        float value = TornadoMath.max(red, TornadoMath.max(green, blue));
        float chroma = value - TornadoMath.min(red, TornadoMath.min(green, blue));
        float sixths = sixths(red, green, blue, value, chroma) + 6f * factors.get(FACTORS * b + 3);
        red = value - chroma * away(sixths + 5f);
        green = value - chroma * away(sixths + 3f);
        blue = value - chroma * away(sixths + 1f);
        boolean used = b < control.get(BatchControl.COUNT);
        x.set(at, used ? (red - moments.get(0)) / moments.get(3) : 0f);
        x.set(at + pixels, used ? (green - moments.get(1)) / moments.get(4) : 0f);
        x.set(at + 2 * pixels, used ? (blue - moments.get(2)) / moments.get(5) : 0f);
      }
    }
  }

  /** What {@link #colors} does, of images that are grey, whose brightness and contrast change: x is [batch, pixels]. */
  public static void greys(
      IntArray control, FloatArray factors, FloatArray means, FloatArray moments, FloatArray x, int batch, int pixels) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int i = 0; i < (pixels & LoopGrid.ANY); i++) {
        int at = b * pixels + i;
        float bright = limited(factors.get(FACTORS * b) * x.get(at));
        float value = blended(bright, means.get(b), factors.get(FACTORS * b + 1));
        boolean used = b < control.get(BatchControl.COUNT);
        x.set(at, used ? (value - moments.get(0)) / moments.get(1) : 0f);
      }
    }
  }

  private static float limited(float x) {
    return TornadoMath.max(0f, TornadoMath.min(1f, x));
  }

  private static float blended(float x, float other, float factor) {
    return limited(factor * x + (1f - factor) * other);
  }

  private static float grey(float red, float green, float blue) {
    return 0.2989f * red + 0.587f * green + 0.114f * blue;
  }

  /**
   * The hue in sixths of the circle, −1 to 5; anything there where it is none.
   *
   * @param value the greatest of the three
   * @param chroma what the least of them is less
   */
  private static float sixths(float red, float green, float blue, float value, float chroma) {
    float divisor = chroma > 0f ? chroma : 1f;
    float notRed = value == green ? 2f + (blue - red) / divisor : 4f + (red - green) / divisor;
    return value == red ? (green - blue) / divisor : notRed;
  }

  /**
   * What part of the chroma a channel lacks, for a hue of that many sixths from where the channel begins to fade: 0 to 1.
   *
   * @param sixths more than −6
   */
  private static float away(float sixths) {
    float turned = sixths + 6f;
    float k = turned - 6f * (int) (turned / 6f);
    return TornadoMath.max(0f, TornadoMath.min(1f, TornadoMath.min(k, 4f - k)));
  }
}
