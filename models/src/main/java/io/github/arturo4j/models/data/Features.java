// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.models.layer.Embedding;
import io.github.arturo4j.models.layer.Shape;
import java.util.Objects;

/** What a network is given, one row an example: bytes, such as pixels, floats, or tokens, of any shape. */
public sealed interface Features {
  /** Values that one array has at most. */
  int MAX_VALUES = Integer.MAX_VALUE - 16;

  /** Examples. */
  int count();

  /** Shape of an example. */
  Shape shape();

  /**
   * Those of some examples, by their indices, in this order.
   *
   * @throws IndexOutOfBoundsException if there is no such example
   * @throws IllegalArgumentException if there are no indices, or too many for one array; one line
   */
  default Features select(int... indices) {
    int size = shape().size();
    if (indices.length < 1 || (long) indices.length * size > MAX_VALUES) {
      throw new IllegalArgumentException(
          "%,d examples of %s are selected; there must be one, and at most %,d".formatted(indices.length, shape(), MAX_VALUES / size));
    }
    return switch (this) {
      case Bytes all -> new Bytes(copy(all.values, new byte[indices.length * size], indices), indices.length, all.shape);
      case Floats all -> new Floats(copy(all.values, new float[indices.length * size], indices), indices.length, all.shape);
      case Tokens all -> new Tokens(copy(all.values, new int[indices.length * size], indices), indices.length, all.shape);
    };
  }

  /** Copies the examples of these indices into an array of the same type. */
  private <A> A copy(A values, A selected, int[] indices) {
    int size = shape().size();
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(values, Objects.checkIndex(indices[i], count()) * size, selected, i * size, size);
    }
    return selected;
  }

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

  /**
   * Tokens, such as characters or words, of which an {@link Embedding} makes vectors. They lie on the device as floats, which
   * hold them exactly.
   *
   * @param values [count, shape], from 0 on
   * @param count examples
   * @param shape of an example
   */
  record Tokens(int[] values, int count, Shape shape) implements Features {
    /** What a token is less than: from it on, not every whole number is a float. */
    public static final int LIMIT = 1 << 24;

    /** Checks that the sizes fit together, and that there are such tokens. */
    public Tokens {
      check(values.length, "tokens", count, shape);
      for (int i = 0; i < values.length; i++) {
        if (values[i] < 0 || values[i] >= LIMIT) {
          throw new IllegalArgumentException(
              "example " + i / shape.size() + " has the token " + values[i] + "; tokens are 0 to " + (LIMIT - 1));
        }
      }
    }

    /**
     * Checks that there are no others than those of a vocabulary.
     *
     * @throws IllegalArgumentException if there are; one line
     */
    public void checkWithin(int vocabulary) {
      for (int i = 0; i < values.length; i++) {
        if (values[i] >= vocabulary) {
          throw new IllegalArgumentException(
              "example " + i / shape.size() + " has the token " + values[i] + ", and the network knows 0 to "
                  + (vocabulary - 1) + ": give its Embedding more entries");
        }
      }
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

  /** Examples of that shape, as tokens. */
  static Features of(int[] values, int... shape) {
    Shape each = new Shape(shape);
    return new Tokens(values, values.length / each.size(), each);
  }

  /** What an example is made of: bytes, floats or tokens. */
  default String kind() {
    return switch (this) {
      case Bytes _ -> "bytes";
      case Floats _ -> "floats";
      case Tokens _ -> "tokens";
    };
  }
}
