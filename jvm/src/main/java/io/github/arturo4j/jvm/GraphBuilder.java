// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Collects a graph. */
public final class GraphBuilder {
  private final String name;
  private final List<Object> firstExecution = new ArrayList<>();
  private final List<Object> everyExecution = new ArrayList<>();
  private final List<Object> toHost = new ArrayList<>();
  private final List<Object> underDemand = new ArrayList<>();
  private final List<Object> persisted = new ArrayList<>();
  private final List<Graph.Consumed> consumed = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();

  /** An empty graph. */
  public GraphBuilder(String name) {
    this.name = name;
  }

  /** The graph's name. */
  public String name() {
    return name;
  }

  /** See {@code TaskGraph}. */
  public void transferToDevice(int mode, Object... objects) {
    switch (mode) {
      case DataTransferMode.FIRST_EXECUTION -> firstExecution.addAll(List.of(objects));
      case DataTransferMode.EVERY_EXECUTION -> everyExecution.addAll(List.of(objects));
      default -> throw new TornadoRuntimeException("transfer mode " + mode + " is none to the device");
    }
  }

  /** See {@code TaskGraph}. */
  public void transferToHost(int mode, Object... objects) {
    switch (mode) {
      case DataTransferMode.EVERY_EXECUTION -> toHost.addAll(List.of(objects));
      case DataTransferMode.UNDER_DEMAND -> underDemand.addAll(List.of(objects));
      default -> throw new TornadoRuntimeException("transfer mode " + mode + " is none to the host");
    }
  }

  /** See {@code TaskGraph}. */
  public void persistOnDevice(Object... objects) {
    persisted.addAll(List.of(objects));
  }

  /** See {@code TaskGraph}; null for the graph executed last. */
  public void consumeFromDevice(String producer, Object... objects) {
    for (Object object : objects) {
      consumed.add(new Graph.Consumed(producer, object));
    }
  }

  /** See {@code TaskGraph}. */
  public void task(String id, Object code, Object... arguments) {
    add(new KernelTask(name, id, TaskCode.of(code), arguments));
  }

  /** See {@code TaskGraph}. */
  public void libraryTask(String id, LibraryTaskDescriptor descriptor) {
    add(new LibraryTask(name, id, descriptor));
  }

  private void add(Task task) {
    if (tasks.stream().anyMatch(other -> other.id().equals(task.id()))) {
      throw new TornadoRuntimeException("graph '" + name + "' has a task '" + task.id() + "' already");
    }
    tasks.add(task);
  }

  /** The graph as it stands. */
  public Graph build() {
    return new Graph(
        name,
        List.copyOf(firstExecution),
        List.copyOf(everyExecution),
        List.copyOf(toHost),
        List.copyOf(underDemand),
        List.copyOf(persisted),
        List.copyOf(consumed),
        List.copyOf(tasks));
  }
}
