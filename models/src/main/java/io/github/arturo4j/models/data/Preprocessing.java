// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.models.layer.Shape;

/**
 * How an image becomes the input of a network: at least, its bytes are divided by 255. Floats of any shape may be
 * normalised, by their first size, and no more.
 *
 * @param augmentation random changes while training; null for none
 * @param normalization null for none
 */
public record Preprocessing(Augmentation augmentation, Normalization normalization) {
  /** Pixels divided by 255 and no more. */
  public static final Preprocessing NONE = new Preprocessing(null, null);

  /** What is left of it in an evaluation. */
  public Preprocessing ofEvaluation() {
    return new Preprocessing(null, normalization);
  }

  /**
   * Checks that it can be done with these features.
   *
   * @throws IllegalArgumentException if not; the message begins with the key of an experiment's file
   */
  public void checkFits(Features features) {
    if (augmentation != null && !(features.type() == Features.Bytes.class && features.shape().rank() == 3)) {
      throw new IllegalArgumentException(
          "augmentation is of images, of bytes and channels×height×width, not of "
              + features.kind() + " of " + features.shape() + "; leave it out");
    }
    if (normalization != null && features.type() == Features.Tokens.class) {
      throw new IllegalArgumentException("normalization is of numbers, not of tokens; leave it out");
    }
    checkFits(features.shape());
  }

  /**
   * Checks that it can be done with images of a shape.
   *
   * @throws IllegalArgumentException if not; the message begins with the key of an experiment's file
   */
  public void checkFits(Shape image) {
    if (augmentation != null) {
      augmentation.checkFits(image);
    }
    if (normalization != null && normalization.mean().size() != image.channels()) {
      throw new IllegalArgumentException(
          "normalization.mean is " + normalization.mean() + "; it must have a number for each channel of the images, "
              + image);
    }
  }
}
