// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

/** How the iterations of a parallel loop are dealt out: contiguous ranges, on vector boundaries if there are many. */
public final class Ranges {
  private static final int MANY = 1024;
  private static final int ALIGNMENT = 16;

  private Ranges() {}

  /** First iteration of a worker's range of [low, high). */
  public static int from(int low, int high, int worker, int workers) {
    return high <= low ? low : cut(low, high, worker, workers);
  }

  /** End of a worker's range of [low, high). */
  public static int to(int low, int high, int worker, int workers) {
    return high <= low ? low : cut(low, high, worker + 1, workers);
  }

  private static int cut(int low, int high, int part, int parts) {
    if (part == parts) {
      return high;
    }
    long count = (long) high - low;
    long offset = count * part / parts;
    if (count >= MANY) {
      offset -= offset % ALIGNMENT;
    }
    return (int) (low + offset);
  }
}
