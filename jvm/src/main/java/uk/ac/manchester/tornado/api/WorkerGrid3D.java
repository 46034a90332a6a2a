// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

/** A grid of threads in 3 dimensions. */
public class WorkerGrid3D extends AbstractWorkerGrid {
  /** A grid of that many threads. */
  public WorkerGrid3D(int x, int y, int z) {
    super(x, y, z);
  }

  @Override
  public int dimension() {
    return 3;
  }
}
