// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

/** What the grids have in common. */
public abstract class AbstractWorkerGrid implements WorkerGrid {
  private final long[] globalWork;
  private long[] localWork;

  AbstractWorkerGrid(long x, long y, long z) {
    globalWork = new long[] {x, y, z};
  }

  @Override
  public long[] getGlobalWork() {
    return globalWork;
  }

  @Override
  public long[] getLocalWork() {
    return localWork;
  }

  @Override
  public long[] getNumberOfWorkgroups() {
    if (localWork == null) {
      return null;
    }
    long[] groups = new long[3];
    for (int d = 0; d < 3; d++) {
      groups[d] = globalWork[d] / localWork[d];
    }
    return groups;
  }

  @Override
  public long[] getGlobalOffset() {
    return new long[3];
  }

  @Override
  public void setGlobalWork(long x, long y, long z) {
    globalWork[0] = x;
    globalWork[1] = y;
    globalWork[2] = z;
  }

  @Override
  public void setLocalWork(long x, long y, long z) {
    localWork = new long[] {x, y, z};
  }

  @Override
  public void setLocalWorkToNull() {
    localWork = null;
  }
}
