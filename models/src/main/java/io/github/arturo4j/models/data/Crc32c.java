// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/** Checksums of features, CRC32C: the same whether they are in memory or streamed. */
public final class Crc32c {
  /** The polynomial of Castagnoli, the coefficient of x³¹ lowest. */
  private static final int POLYNOMIAL = 0x82f63b78;

  /** The polynomial 1. */
  private static final int ONE = 1 << 31;

  /** x⁸: to append a byte. */
  private static final int BYTE = ONE >>> Byte.SIZE;

  private Crc32c() {}

  /** That of all values, one example behind the other: of bytes, and of four bytes for a float or token, the lowest first. */
  public static int of(Features features) {
    CRC32C checksum = new CRC32C();
    switch (features) {
      case Features.Bytes all -> checksum.update(all.values());
      case Features.Floats all -> {
        for (float value : all.values()) {
          update(checksum, Float.floatToRawIntBits(value));
        }
      }
      case Features.Tokens all -> {
        for (int value : all.values()) {
          update(checksum, value);
        }
      }
      case Features.Streamed all -> {
        return of(all.source());
      }
    }
    return (int) checksum.getValue();
  }

  private static int of(FeatureSource source) {
    int[] each = IntStream.range(0, source.count()).parallel().map(source::crc32c).toArray();
    int bytes = source.type() == Features.Bytes.class ? Byte.BYTES : Float.BYTES;
    int shift = shift((long) source.shape().size() * bytes);
    int all = each[0];
    for (int i = 1; i < each.length; i++) {
      all = product(all, shift) ^ each[i];
    }
    return all;
  }

  /** Adds four bytes to a checksum, the lowest first. */
  public static void update(CRC32C checksum, int bits) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      checksum.update(bits >> shift);
    }
  }

  /**
   * That of two sequences of bytes, one behind the other.
   *
   * @param first the first one's
   * @param second the second one's
   * @param length bytes of the second
   */
  public static int joined(int first, int second, long length) {
    return product(first, shift(length)) ^ second;
  }

  /** What a checksum is multiplied by where bytes follow: x to the power of their bits, modulo the polynomial. */
  private static int shift(long bytes) {
    int power = ONE;
    int square = BYTE;
    for (long left = bytes; left > 0; left >>= 1) {
      power = (left & 1) == 0 ? power : product(power, square);
      square = product(square, square);
    }
    return power;
  }

  /** The product of two polynomials over GF(2), modulo CRC32C's. */
  private static int product(int a, int b) {
    int product = 0;
    int shifted = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      product ^= (a & bit) == 0 ? 0 : shifted;
      shifted = (shifted & 1) == 0 ? shifted >>> 1 : shifted >>> 1 ^ POLYNOMIAL;
    }
    return product;
  }
}
