// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.models.layer.Shape;

/** What a network is given, one row an example: bytes, such as pixels, or floats, of any shape. */
public sealed interface Features {
  /** Examples. */
  int count();

  /** Shape of an example. */
  Shape shape();

  /**
   * Unsigned bytes, which become floats as a batch is collected, divided by 255: a quarter of the memory of floats.
   *
   * @param values [count, shape]
   * @param count examples
   * @param shape of an example
   */
  record Bytes(byte[] values, int count, Shape shape) implements Features {
    /** Checks that the sizes fit together. */
    public Bytes {
      check(values.length, "bytes", count, shape);
    }
  }

  /**
   * Floats, which the network is given as they are.
   *
   * @param values [count, shape]
   * @param count examples
   * @param shape of an example
   */
  record Floats(float[] values, int count, Shape shape) implements Features {
    /** Checks that the sizes fit together. */
    public Floats {
      check(values.length, "floats", count, shape);
    }
  }

  private static void check(int values, String what, int count, Shape shape) {
    if (count < 1 || values != (long) count * shape.size()) {
      throw new IllegalArgumentException(
          "%d examples of %s are %d %s, not %d".formatted(count, shape, (long) count * shape.size(), what, values));
    }
  }

  /** Examples of that shape, as unsigned bytes. */
  static Features of(byte[] values, int... shape) {
    Shape each = new Shape(shape);
    return new Bytes(values, values.length / each.size(), each);
  }

  /** Examples of that shape, as floats. */
  static Features of(float[] values, int... shape) {
    Shape each = new Shape(shape);
    return new Floats(values, values.length / each.size(), each);
  }
}
