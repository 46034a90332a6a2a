// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

/**
 * Random changes of the training images: a crop of the padded image, and a flip left to right.
 *
 * @param padding pixels added on each side before the crop; 0 for no crop
 * @param mode what the added pixels are
 * @param flip whether half of the images are flipped
 */
public record Augmentation(int padding, Mode mode, boolean flip) {
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
    if (mode == null) {
      throw new IllegalArgumentException("augmentation.mode is missing; it is zero or reflect");
    }
  }
}
