// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

/** Numbers that look random and are easily had in Python, too. */
final class Hash {
  private Hash() {}

  /** 32 bits of an element of a tensor. */
  static int bits(int tensor, int element) {
    int h = element + tensor * 0x9E3779B9;
    h = (h ^ (h >>> 16)) * 0x7feb352d;
    h = (h ^ (h >>> 15)) * 0x846ca68b;
    return h ^ (h >>> 16);
  }

  /** In [−1, 1). */
  static double uniform(int tensor, int element) {
    return (bits(tensor, element) >>> 8) / (double) (1 << 23) - 1;
  }
}
