// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.models.layer.Shape;

/** Rows of numbers, in one array. */
final class Rows {
  private Rows() {}

  /** Features of vectors. */
  static Features features(float[][] rows) {
    float[] values = flat(rows, "features");
    return new Features.Floats(values, rows.length, new Shape(rows[0].length));
  }

  /**
   * The rows, one behind the other.
   *
   * @param what stands in a row, for messages
   * @throws IllegalArgumentException if there are none, or they are not of one length; one line
   */
  static float[] flat(float[][] rows, String what) {
    if (rows.length < 1 || rows[0].length < 1) {
      throw new IllegalArgumentException(
          rows.length < 1 ? "there are no examples; give one or more" : "example 0 has no " + what + "; give it one or more");
    }
    int width = rows[0].length;
    if ((long) rows.length * width > Features.MAX_VALUES) {
      throw new IllegalArgumentException(
          "%,d examples of %,d %s are too many for one array; give at most %,d"
              .formatted(rows.length, width, what, Features.MAX_VALUES / width));
    }
    float[] flat = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != width) {
        throw new IllegalArgumentException(
            "example " + i + " has " + rows[i].length + " " + what + " and example 0 has " + width + "; give all as many");
      }
      System.arraycopy(rows[i], 0, flat, i * width, width);
    }
    return flat;
  }
}
