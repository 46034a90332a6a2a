// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

/** A grid of threads in 1 dimension. */
public class WorkerGrid1D extends AbstractWorkerGrid {
  /** A grid of that many threads. */
  public WorkerGrid1D(int x) {
    super(x, 1, 1);
  }

  @Override
  public int dimension() {
    return 1;
  }
}
