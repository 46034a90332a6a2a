// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.models.layer.Embedding;
import io.github.arturo4j.models.layer.Shape;
import java.util.Objects;

/**
 * What a network is given, one row an example: bytes, such as pixels, floats, or tokens, of any shape; in memory, or streamed
 * from where they are.
 */
public sealed interface Features {
  /** Values that one array has at most. */
  int MAX_VALUES = Integer.MAX_VALUE - 16;

  /** Examples. */
  int count();

  /** Shape of an example. */
  Shape shape();

  /**
   * Those of some examples, by their indices, in this order; of streamed ones, nothing is read.
   *
   * @throws IndexOutOfBoundsException if there is no such example
   * @throws IllegalArgumentException if there are no indices, or too many for one array; one line
   */
  default Features select(int... indices) {
    if (this instanceof Streamed(FeatureSource source) && indices.length > 0) {
      return new Streamed(new SelectedSource(source, indices));
    }
    return read(indices);
  }

  /**
   * Those of some examples, by their indices, in this order, in memory.
   *
   * @throws IndexOutOfBoundsException if there is no such example
   * @throws IllegalArgumentException if there are no indices, or too many for one array; one line
   */
  default Features read(int... indices) {
    int size = shape().size();
    if (indices.length < 1 || (long) indices.length * size > MAX_VALUES) {
      throw new IllegalArgumentException(
          "%,d examples of %s are selected; there must be one, and at most %,d".formatted(indices.length, shape(), MAX_VALUES / size));
    }
    return switch (this) {
      case Bytes all -> new Bytes(copy(all.values, new byte[indices.length * size], indices), indices.length, all.shape);
      case Floats all -> new Floats(copy(all.values, new float[indices.length * size], indices), indices.length, all.shape);
      case Tokens all -> new Tokens(copy(all.values, new int[indices.length * size], indices), indices.length, all.shape);
      case Streamed all -> all.made(indices);
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

  /**
   * Bytes or floats that are made as they are needed.
   *
   * @param source makes them
   */
  record Streamed(FeatureSource source) implements Features {
    /** Checks what the source says of itself. */
    public Streamed {
      if (source.count() < 1) {
        throw new IllegalArgumentException("the source has " + source.count() + " examples; it must have one or more");
      }
      if (source.type() != Bytes.class && source.type() != Floats.class) {
        throw new IllegalArgumentException("a source makes Features.Bytes or Features.Floats, not " + source.type().getSimpleName());
      }
    }

    @Override
    public int count() {
      return source.count();
    }

    @Override
    public Shape shape() {
      return source.shape();
    }

    private Features made(int[] indices) {
      Features made = source.read(indices);
      if (made.getClass() != source.type() || made.count() != indices.length || !made.shape().equals(shape())) {
        throw new IllegalStateException(
            "%s made %s of %s for %d examples, not %s of %s".formatted(
                source.getClass().getName(), made.count() + " " + made.kind(), made.shape(), indices.length, kind(), shape()));
      }
      return made;
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

  /** Examples that are made as they are needed. */
  static Features of(FeatureSource source) {
    return new Streamed(source);
  }

  /** The class of the examples in memory: of bytes, floats or tokens. */
  default Class<? extends Features> type() {
    return this instanceof Streamed(FeatureSource source) ? source.type() : getClass();
  }

  /** What an example is made of: bytes, floats or tokens. */
  default String kind() {
    return type() == Bytes.class ? "bytes" : type() == Floats.class ? "floats" : "tokens";
  }
}
