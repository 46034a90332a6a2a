// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.nn.BatchControl;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What {@link io.github.arturo4j.kernels.nn.ColorJitterKernels} are compared with: torchvision's functions {@code
 * adjust_brightness}, {@code adjust_contrast}, {@code adjust_saturation} and {@code adjust_hue} of floats, one after the other.
 *
 * @param channels 3, or 1 for grey
 * @param pixels of a channel
 * @param brightness its factor is between 1 − this, or 0, and 1 + this
 * @param contrast its factor is so, too
 * @param saturation its factor is so, too
 * @param hue what is added to it is between − this and this, the circle being 1
 * @param mean of each channel, with which the result is normalised
 * @param std standard deviation of each channel
 */
public record ColorJitterReference(
    int channels, int pixels, double brightness, double contrast, double saturation, double hue, double[] mean, double[] std) {
  /** The first {@code count} images of x changed and normalised; the others are 0. */
  public double[] apply(double[] x, int count, IntArray control) {
    RandomReference random = RandomReference.of(control, BatchControl.COLOR_KEY);
    double[] y = new double[x.length];
    for (int b = 0; b < count; b++) {
      int draw = 4 * (control.get(BatchControl.FIRST_ROW) + b);
      double[] factors = {
        factor(brightness, random.uniform(draw)), factor(contrast, random.uniform(draw + 1)),
        factor(saturation, random.uniform(draw + 2)), hue * (2 * random.uniform(draw + 3) - 1)
      };
      int first = b * channels * pixels;
      double[] changed = image(Arrays.copyOfRange(x, first, first + channels * pixels), factors);
      for (int i = 0; i < changed.length; i++) {
        y[first + i] = (changed[i] - mean[i / pixels]) / std[i / pixels];
      }
    }
    return y;
  }

  private static double factor(double by, double uniform) {
    double least = Math.max(0, 1 - by);
    return least + (1 + by - least) * uniform;
  }

  /**
   * An image changed.
   *
   * @param x [channels, pixels]
   * @param factors of brightness, contrast and saturation, and what is added to the hue
   */
  public double[] image(double[] x, double[] factors) {
    double[] bright = blend(x, new double[x.length], factors[0]);
    double[] mean = new double[x.length];
    Arrays.fill(mean, Arrays.stream(grey(bright)).limit(pixels).average().orElseThrow());
    double[] contrasted = blend(bright, mean, factors[1]);
    if (channels == 1) {
      return contrasted;
    }
    double[] y = blend(contrasted, grey(contrasted), factors[2]);
    for (int i = 0; i < pixels; i++) {
      double[] hsv = hsv(y[i], y[pixels + i], y[2 * pixels + i]);
      double turned = (hsv[0] + factors[3]) % 1;
      double[] rgb = rgb(turned < 0 ? turned + 1 : turned, hsv[1], hsv[2]);
      for (int c = 0; c < channels; c++) {
        y[c * pixels + i] = rgb[c];
      }
    }
    return y;
  }

  private static double[] blend(double[] a, double[] b, double factor) {
    double[] blend = new double[a.length];
    Arrays.setAll(blend, i -> Math.clamp(factor * a[i] + (1 - factor) * b[i], 0, 1));
    return blend;
  }

  /** The image in grey, in each of its channels. */
  private double[] grey(double[] x) {
    double[] grey = x.clone();
    if (channels == 3) {
      Arrays.setAll(
          grey,
          i -> 0.2989 * x[i % pixels] + 0.587 * x[pixels + i % pixels] + 0.114 * x[2 * pixels + i % pixels]);
    }
    return grey;
  }

  private static double[] hsv(double r, double g, double b) {
    double max = Math.max(r, Math.max(g, b));
    double range = max - Math.min(r, Math.min(g, b));
    if (range == 0) {
      return new double[] {0, 0, max};
    }
    double toRed = (max - r) / range;
    double toGreen = (max - g) / range;
    double toBlue = (max - b) / range;
    double hue;
    if (max == r) {
      hue = toBlue - toGreen;
    } else if (max == g) {
      hue = 2 + toRed - toBlue;
    } else {
      hue = 4 + toGreen - toRed;
    }
    return new double[] {(hue / 6 + 1) % 1, range / max, max};
  }

  private static double[] rgb(double hue, double saturation, double value) {
    int sector = (int) (6 * hue);
    double f = 6 * hue - sector;
    double p = value * (1 - saturation);
    double q = value * (1 - saturation * f);
    double t = value * (1 - saturation * (1 - f));
    return switch (sector % 6) {
      case 0 -> new double[] {value, t, p};
      case 1 -> new double[] {q, value, p};
      case 2 -> new double[] {p, value, t};
      case 3 -> new double[] {p, q, value};
      case 4 -> new double[] {t, p, value};
      default -> new double[] {value, p, q};
    };
  }
}
