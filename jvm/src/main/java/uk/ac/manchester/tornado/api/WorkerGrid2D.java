// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

/** A grid of threads in 2 dimensions. */
public class WorkerGrid2D extends AbstractWorkerGrid {
  /** A grid of that many threads. */
  public WorkerGrid2D(int x, int y) {
    super(x, y, 1);
  }

  @Override
  public int dimension() {
    return 2;
  }
}
