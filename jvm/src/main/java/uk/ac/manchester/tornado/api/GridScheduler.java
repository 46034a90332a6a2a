// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The grids of tasks, by {@code graph.task}. */
public class GridScheduler {
  private final Map<String, WorkerGrid> grids = new ConcurrentHashMap<>();

  /** No grids yet. */
  public GridScheduler() {}

  /** One grid. */
  public GridScheduler(String taskName, WorkerGrid grid) {
    grids.put(taskName, grid);
  }

  /** Sets the grid of the task {@code graph.task}. */
  public void addWorkerGrid(String taskName, WorkerGrid grid) {
    grids.put(taskName, grid);
  }

  /** The grid of the task {@code graph.task}; null if it has none. */
  public WorkerGrid get(String taskName) {
    return grids.get(taskName);
  }

  /** The names of the tasks with a grid. */
  public Set<String> keySet() {
    return grids.keySet();
  }
}
