// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The random numbers of the kernels, written with Java's unsigned shifts: a number for each element, of two key words.
 *
 * @param key first key word of the stream in this step
 * @param secondKey second key word
 */
public record RandomReference(int key, int secondKey) {
  /** The stream whose key words are at that place of a step's control. */
  static RandomReference of(IntArray control, int at) {
    return new RandomReference(control.get(at), control.get(at + 1));
  }

  /** A number in [0, 1) of 24 bits. */
  double uniform(int element) {
    return (bits(element) >>> 8) / (double) (1 << 24);
  }

  /** A whole number from 0 to {@code bound} − 1, from 16 bits. */
  int below(int bound, int element) {
    return (bits(element) >>> 8) % (1 << 16) * bound / (1 << 16);
  }

  private int bits(int element) {
    int h = element ^ key;
    h = (h ^ (h >>> 16)) * 0x7feb352d + secondKey;
    h = (h ^ (h >>> 15)) * 0x846ca68b;
    return h ^ (h >>> 16);
  }
}
