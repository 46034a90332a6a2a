// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

/** How many threads a task has, in up to three dimensions, and in what groups. */
public interface WorkerGrid {
  /** Number of dimensions, 1 to 3. */
  int dimension();

  /** Threads in each dimension. */
  long[] getGlobalWork();

  /** Threads of a group in each dimension; null if the device chooses. */
  long[] getLocalWork();

  /** Groups in each dimension; null if not set. */
  long[] getNumberOfWorkgroups();

  /** First thread's index in each dimension. */
  long[] getGlobalOffset();

  /** Sets the threads in each dimension. */
  void setGlobalWork(long x, long y, long z);

  /** Sets the threads of a group in each dimension. */
  void setLocalWork(long x, long y, long z);

  /** Lets the device choose. */
  void setLocalWorkToNull();
}
