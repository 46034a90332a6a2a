// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Type of an array's values.
 *
 * @param kind what they are
 * @param bytes of a value
 * @param order of the bytes
 */
record NpyType(Kind kind, int bytes, ByteOrder order) {
  /** What numbers there are. */
  enum Kind {
    BOOL,
    SIGNED,
    UNSIGNED,
    FLOAT
  }

  /**
   * The type that a header names, such as {@code <f4}.
   *
   * @throws NpyFault if it is none of numbers
   */
  static NpyType of(String name) throws NpyFault {
    if (!name.matches("[<>|=]?(b1|[iu][1248]|f[248])")) {
      throw new NpyFault("holds " + other(name) + " ('" + name + "'), no numbers that can be read", remedy(name));
    }
    int letter = name.length() - 2;
    Kind kind =
        switch (name.charAt(letter)) {
          case 'b' -> Kind.BOOL;
          case 'i' -> Kind.SIGNED;
          case 'u' -> Kind.UNSIGNED;
          default -> Kind.FLOAT;
        };
    return new NpyType(
        kind, name.charAt(letter + 1) - '0', name.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private static String other(String name) {
    return switch (letter(name)) {
      case 'O' -> "Python objects";
      case 'U', 'S', 'a' -> "texts";
      case 'c' -> "complex numbers";
      case 'M', 'm' -> "times";
      case '[' -> "records";
      default -> "values of another type";
    };
  }

  private static String remedy(String name) {
    return switch (letter(name)) {
      case 'U', 'S', 'a' -> "number the texts, in NumPy with np.unique(a, return_inverse=True)";
      default -> "write numbers, in NumPy with .astype('float32')";
    };
  }

  private static char letter(String name) {
    return name.replaceFirst("^[<>|=]", "").concat(" ").charAt(0);
  }

  /** Whether values are whole: integers, or false and true as 0 and 1. */
  boolean isWhole() {
    return kind != Kind.FLOAT;
  }

  /** Whether values are unsigned bytes, as pixels are. */
  boolean isByte() {
    return kind == Kind.UNSIGNED && bytes == 1;
  }

  /** The value at an index, of unsigned ones of 64 bits as if they had a sign. */
  long whole(ByteBuffer values, int index) {
    int at = index * bytes;
    boolean unsigned = kind == Kind.UNSIGNED;
    return switch (bytes) {
      case 1 -> kind == Kind.BOOL ? Math.min(values.get(at) & 0xff, 1) : unsigned ? values.get(at) & 0xff : values.get(at);
      case 2 -> unsigned ? Short.toUnsignedLong(values.getShort(at)) : values.getShort(at);
      case 4 -> unsigned ? Integer.toUnsignedLong(values.getInt(at)) : values.getInt(at);
      default -> values.getLong(at);
    };
  }

  /** The value at an index, rounded to a float. */
  float number(ByteBuffer values, int index) {
    int at = index * bytes;
    if (kind == Kind.FLOAT) {
      return switch (bytes) {
        case 2 -> Float.float16ToFloat(values.getShort(at));
        case 4 -> values.getFloat(at);
        default -> (float) values.getDouble(at);
      };
    }
    long whole = whole(values, index);
    return kind == Kind.UNSIGNED && whole < 0 ? (float) ((whole >>> 1) * 2.0) : whole;
  }
}
