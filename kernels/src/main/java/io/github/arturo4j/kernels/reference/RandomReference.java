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
  public static RandomReference of(IntArray control, int at) {
    return new RandomReference(control.get(at), control.get(at + 1));
  }

  /** A number in [0, 1) of 24 bits. */
  public double uniform(int element) {
    int h = element ^ key;
    h = (h ^ (h >>> 16)) * 0x7feb352d + secondKey;
    h = (h ^ (h >>> 15)) * 0x846ca68b;
    return ((h ^ (h >>> 16)) >>> 8) / (double) (1 << 24);
  }
}
