// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.lang.foreign.MemorySegment;

/** A process that trains alone: every sum is its own. */
public final class Single implements Collective {
  /** It has no state. */
  public static final Single INSTANCE = new Single();

  private Single() {}

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public int localRank() {
    return 0;
  }

  @Override
  public void reduceScatter(MemorySegment values, Shares shares, int from, int to) {
    shares.require(values, 1, from, to);
  }

  @Override
  public void allGather(MemorySegment values, Shares shares) {
    shares.require(values, 1);
  }

  @Override
  public double[][] allGather(double[] values) {
    return new double[][] {values.clone()};
  }

  @Override
  public byte[] broadcast(byte[] bytes) {
    return bytes;
  }

  @Override
  public boolean anyThread() {
    return true;
  }

  @Override
  public void abort(int exitCode) {
    Runtime.getRuntime().halt(exitCode);
  }

  @Override
  public void close() {}
}
