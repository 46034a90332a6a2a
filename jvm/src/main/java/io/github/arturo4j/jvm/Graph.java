// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.WorkerGrid;

/** A graph that does not change any more. */
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

  /** The graph's name. */
  public String name() {
    return name;
  }

  /** The arrays that tasks of this graph use: only these are ever transferred. */
  Set<Object> used() {
    Set<Object> used = Collections.newSetFromMap(new IdentityHashMap<>());
    tasks.forEach(task -> used.addAll(task.arrays()));
    return used;
  }

  /** The arrays that this graph transfers, in either direction. */
  List<Object> transferred() {
    return Stream.of(firstExecution, everyExecution, toHost, underDemand).flatMap(List::stream).toList();
  }

  /** Whether {@code graph.task} is a task of this graph. */
  public boolean has(String taskName) {
    return tasks.stream().anyMatch(task -> task.name().equals(taskName));
  }

  /**
   * Runs the tasks in their order.
   *
   * @param grids of the tasks that have one, by {@code graph.task}
   * @param profile is told each task's time; null for none
   */
  public void run(DeviceMemory memory, Map<String, WorkerGrid> grids, Profile profile) {
    for (Task task : tasks) {
      long start = profile == null ? 0 : System.nanoTime();
      task.run(memory, grids.get(task.name()));
      if (profile != null) {
        profile.ran(task.name(), System.nanoTime() - start);
      }
    }
  }
}
