// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import uk.ac.manchester.tornado.api.WorkerGrid;

/** A graph that does not change any more, but for the grids of its tasks. */
public final class Graph {
  /** An array that another graph has left on the device; a null producer is the graph executed last. */
  record Consumed(String producer, Object array) {}

  private final String name;
  final List<Object> firstExecution;
  final List<Object> everyExecution;
  final List<Object> toHost;
  final List<Object> underDemand;
  final List<Object> persisted;
  final List<Consumed> consumed;
  private final List<Task> tasks;

  Graph(
      String name,
      List<Object> firstExecution,
      List<Object> everyExecution,
      List<Object> toHost,
      List<Object> underDemand,
      List<Object> persisted,
      List<Consumed> consumed,
      List<Task> tasks) {
    this.name = name;
    this.firstExecution = firstExecution;
    this.everyExecution = everyExecution;
    this.toHost = toHost;
    this.underDemand = underDemand;
    this.persisted = persisted;
    this.consumed = consumed;
    this.tasks = tasks;
  }

  String name() {
    return name;
  }

  /** The arrays that tasks of this graph use: only these are ever transferred. */
  Set<Object> used() {
    Set<Object> used = Collections.newSetFromMap(new IdentityHashMap<>());
    tasks.forEach(task -> used.addAll(task.arrays()));
    return used;
  }

  /** Sets the grid of the task {@code graph.task}; false if it is none of this graph's. */
  public boolean setGrid(String taskName, WorkerGrid grid) {
    for (Task task : tasks) {
      if (taskName.equals(name + "." + task.id())) {
        task.setGrid(grid);
        return true;
      }
    }
    return false;
  }

  /** Runs the tasks in their order. */
  public void run(DeviceMemory memory) {
    for (Task task : tasks) {
      task.run(memory);
    }
  }
}
