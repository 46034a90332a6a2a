// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.models.layer.Shape;

/**
 * Random changes of the training images, in this order: a crop, of the padded image or resized, a flip left to right, and other
 * colours.
 *
 * @param padding pixels added on each side before the crop; 0 for no such crop
 * @param mode what the added pixels are; zero if it is null and there are none
 * @param flip whether half of the images are flipped
 * @param resizedCrop a crop in place of that of the padded image; null for none
 * @param colorJitter null for none
 */
public record Augmentation(int padding, Mode mode, boolean flip, ResizedCrop resizedCrop, ColorJitter colorJitter) {
  private static final int MAX = 63;

  /** What pixels around an image are; spelt as in an experiment's file. */
  public enum Mode {
    /** Zero bytes, before normalisation. */
    zero,
    /** The image reflected at its outermost pixels, which are not repeated. */
    reflect
  }

  /** Checks the values. */
  public Augmentation {
    if (padding < 0 || padding > MAX) {
      throw new IllegalArgumentException(
          "augmentation.padding is " + padding + "; it must be between 0 and " + MAX);
    }
    if (padding > 0 && resizedCrop != null) {
      throw new IllegalArgumentException(
          "augmentation.padding is " + padding + ", and there is a resizedCrop, which crops, too; leave one of them out");
    }
    if (mode == null && padding > 0) {
      throw new IllegalArgumentException("augmentation.mode is missing; it is zero or reflect");
    }
    if (colorJitter != null && colorJitter.isNone()) {
      throw new IllegalArgumentException(
          "augmentation.colorJitter changes nothing; give brightness, contrast, saturation or hue a value, or leave it out");
    }
    mode = mode == null ? Mode.zero : mode;
  }

  /** Without a resized crop and other colours. */
  public Augmentation(int padding, Mode mode, boolean flip) {
    this(padding, mode, flip, null, null);
  }

  /**
   * Checks that it can be done with images of a shape.
   *
   * @throws IllegalArgumentException if not; the message begins with the key of an experiment's file
   */
  void checkFits(Shape image) {
    if (padding >= Math.min(image.height(), image.width())) {
      throw new IllegalArgumentException(
          "augmentation.padding is " + padding + "; it must be less than height and width of the images, " + image);
    }
    if (colorJitter != null) {
      colorJitter.checkFits(image);
    }
  }
}
