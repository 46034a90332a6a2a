// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

/** Floats with fewer fraction bits. */
final class Rounding {
  private Rounding() {}

  /** With 10 fraction bits, as tensor cores take TensorFloat-32. */
  static float tf32(float value) {
    return keep(value, 10);
  }

  /** With the 7 fraction bits of bfloat16. */
  static float bf16(float value) {
    return keep(value, 7);
  }

  private static float keep(float value, int bits) {
    int dropped = 23 - bits;
    int half = 1 << dropped - 1;
    return Float.intBitsToFloat(Float.floatToRawIntBits(value) + half & -(1 << dropped));
  }
}
