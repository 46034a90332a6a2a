// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.models.layer.Shape;

/**
 * Random changes of an image's brightness, contrast, saturation and hue, in this order. The factors of the first three are uniform
 * between 1 − the value given, or 0, and 1 + the value; what is added to the hue, as a share of its circle, between − the value
 * and the value. So has torchvision's {@code ColorJitter} it, whose order is random, too.
 *
 * @param brightness 0 for no change, as for each
 * @param contrast against the mean of the image in grey
 * @param saturation against the pixel in grey
 * @param hue at most 0.5, which are all hues
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue) {
  private static final double MAX = 100;
  private static final double MAX_HUE = 0.5;

  /** Checks the values. */
  public ColorJitter {
    check("brightness", brightness, MAX);
    check("contrast", contrast, MAX);
    check("saturation", saturation, MAX);
    check("hue", hue, MAX_HUE);
  }

  private static void check(String key, double value, double max) {
    if (!(value >= 0 && value <= max)) {
      throw new IllegalArgumentException(
          "augmentation.colorJitter." + key + " is " + value + "; it must be between 0 and " + (max < 1 ? "0.5" : "100"));
    }
  }

  /** Whether there is nothing that it changes. */
  boolean isNone() {
    return brightness == 0 && contrast == 0 && saturation == 0 && hue == 0;
  }

  /** Checks that images of a shape have what is changed. */
  void checkFits(Shape image) {
    if (image.channels() != 3 && image.channels() != 1) {
      throw new IllegalArgumentException(
          "augmentation.colorJitter is of images of 3 channels, or of 1 for grey, not of " + image + "; leave it out");
    }
    if (image.channels() == 1 && (saturation > 0 || hue > 0)) {
      String key = saturation > 0 ? "saturation" : "hue";
      throw new IllegalArgumentException(
          "augmentation.colorJitter." + key + " is " + (saturation > 0 ? saturation : hue) + "; the images, " + image
              + ", are grey, and have none: leave it out");
    }
  }
}
