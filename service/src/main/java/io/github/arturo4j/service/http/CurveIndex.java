// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Points of a curve in the order of training, as places in a file: 28 bytes each, and never more than a few thousand, as more than
 * can be asked for are thinned at once.
 */
final class CurveIndex {
  /** Points that are kept at least, as many as may be asked for. */
  static final int KEPT = 10_000;

  private int size;
  private int[] epochs = new int[16];
  private int[] steps = new int[16];
  private double[] values = new double[16];
  private long[] begins = new long[16];
  private int[] lengths = new int[16];

  /**
   * A line of the file.
   *
   * @param begin where it begins
   * @param length bytes without its end
   */
  record Place(long begin, int length) {}

  /** How many there are. */
  int size() {
    return size;
  }

  /**
   * Adds a point at the end.
   *
   * @param value whose extremes are to stay; NaN for none
   */
  void add(int epoch, int step, double value, Place place) {
    if (size == 2 * KEPT) {
      keep(thinned(KEPT));
    }
    if (size == epochs.length) {
      grow(2 * size);
    }
    epochs[size] = epoch;
    steps[size] = step;
    values[size] = value;
    begins[size] = place.begin();
    lengths[size] = place.length();
    size++;
  }

  private void grow(int capacity) {
    epochs = Arrays.copyOf(epochs, capacity);
    steps = Arrays.copyOf(steps, capacity);
    values = Arrays.copyOf(values, capacity);
    begins = Arrays.copyOf(begins, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
  }

  /**
   * Drops what comes behind a position that a training goes on from.
   *
   * @param done epochs that are done
   * @param step steps of the next one that are
   */
  void goOnFrom(int done, int step) {
    BitSet kept = new BitSet();
    for (int i = 0; i < size; i++) {
      kept.set(i, epochs[i] <= done || epochs[i] == done + 1 && steps[i] > 0 && steps[i] <= step);
    }
    keep(kept);
  }

  private void keep(BitSet kept) {
    int to = 0;
    for (int i = kept.nextSetBit(0); i >= 0 && i < size; i = kept.nextSetBit(i + 1)) {
      epochs[to] = epochs[i];
      steps[to] = steps[i];
      values[to] = values[i];
      begins[to] = begins[i];
      lengths[to] = lengths[i];
      to++;
    }
    size = to;
  }

  /** The places of so many points at most: the first, the last, and of equal parts between them the least and the greatest. */
  List<Place> thin(int max) {
    List<Place> places = new ArrayList<>();
    thinned(max).stream().forEach(i -> places.add(new Place(begins[i], lengths[i])));
    return places;
  }

  private BitSet thinned(int max) {
    BitSet kept = new BitSet();
    if (size <= max) {
      kept.set(0, size);
      return kept;
    }
    kept.set(0);
    kept.set(size - 1);
    int inner = size - 2;
    int parts = (max - 2) / 2;
    for (int part = 0; part < parts; part++) {
      int from = 1 + (int) ((long) inner * part / parts);
      int to = 1 + (int) ((long) inner * (part + 1) / parts);
      kept.set(extreme(from, to, 1));
      kept.set(extreme(from, to, -1));
    }
    if (parts == 0 && max == 3) {
      kept.set(extreme(1, size - 1, 1));
    }
    return kept;
  }

  /** The first of the greatest, or with −1 of the least; of values that are no numbers, the first. */
  private int extreme(int from, int to, int sign) {
    int best = from;
    for (int i = from + 1; i < to; i++) {
      if (sign * values[i] > sign * values[best] || Double.isNaN(values[best]) && !Double.isNaN(values[i])) {
        best = i;
      }
    }
    return best;
  }
}
