// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

/**
 * What a task has to do at least: its arithmetic, and each array moved once, whatever caches and scratch space make of
 * it. An addition, multiplication, division, comparison or exponential is one operation each.
 *
 * @param flops floating-point operations
 * @param bytesRead bytes of what it reads
 * @param bytesWritten bytes of what it writes
 */
public record Cost(long flops, long bytesRead, long bytesWritten) {
  /** Nothing to do: a task that is idle in most steps. */
  public static final Cost NONE = new Cost(0, 0, 0);

  /** Of a loop over n elements of four bytes. */
  public static Cost elements(long n, int flops, int read, int written) {
    return new Cost(n * flops, n * read * Float.BYTES, n * written * Float.BYTES);
  }

  /** Bytes read and written. */
  public long bytes() {
    return bytesRead + bytesWritten;
  }

  /** This and that. */
  public Cost plus(Cost other) {
    return new Cost(flops + other.flops, bytesRead + other.bytesRead, bytesWritten + other.bytesWritten);
  }
}
