// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Successive tasks of a {@link KernelGraph}, as one graph of TornadoVM. Every array stays on the device from the first
 * part that uses it to the end of the program's last part, each part taking all that were used before it from the graph
 * that was executed last: TornadoVM knows no further way back, and frees with a plan what the chosen graph has declared
 * and no more.
 */
final class GraphPart {
  /** What adds a task that is no kernel, but the call of a native library. */
  private static final String LIBRARY_TASK = "libraryTask";

  private final KernelGraph graph;
  private final String name;
  private final List<Consumer<TaskGraphInterface>> tasks;
  private final List<String> taskNames = new ArrayList<>();
  private final List<String> compiled = new ArrayList<>();
  private final Set<TornadoNativeArray> used = identitySet();

  private GraphPart(KernelGraph graph, String name, List<Consumer<TaskGraphInterface>> tasks) {
    this.graph = graph;
    this.name = name;
    this.tasks = tasks;
    tasks.forEach(this::look);
  }

  /** The parts of a graph, as equal as can be, of at most so many tasks; the first has the graph's name. */
  static List<GraphPart> of(KernelGraph graph, int maxTasks) {
    List<Consumer<TaskGraphInterface>> tasks = graph.additions();
    int count = Math.ceilDiv(tasks.size(), maxTasks);
    List<GraphPart> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) tasks.size() * i / count);
      int to = (int) ((long) tasks.size() * (i + 1) / count);
      parts.add(new GraphPart(graph, i == 0 ? graph.name() : graph.name() + (i + 1), tasks.subList(from, to)));
    }
    return parts;
  }

  /** Finds out a task's name and the arrays that it is given: it is added to a graph that does nothing but look. */
  private void look(Consumer<TaskGraphInterface> task) {
    task.accept(
        (TaskGraphInterface)
            Proxy.newProxyInstance(
                GraphPart.class.getClassLoader(),
                new Class<?>[] {TaskGraphInterface.class},
                (proxy, method, arguments) -> {
                  taskNames.add((String) arguments[0]);
                  if (!method.getName().equals(LIBRARY_TASK)) {
                    compiled.add((String) arguments[0]);
                  }
                  for (Object argument : arguments) {
                    if (argument instanceof TornadoNativeArray array) {
                      used.add(array);
                    }
                  }
                  return proxy;
                }));
  }

  /** The graph of which this is a part. */
  KernelGraph graph() {
    return graph;
  }

  /** The part's name. */
  String name() {
    return name;
  }

  /** The names of the tasks that TornadoVM compiles, in their order. */
  List<String> compiled() {
    return compiled;
  }

  /** The grids of those tasks that have one, by {@code part.task}. */
  Map<String, WorkerGrid> grids() {
    Map<String, WorkerGrid> grids = new LinkedHashMap<>();
    for (String task : taskNames) {
      if (graph.grids().containsKey(task)) {
        grids.put(name + "." + task, graph.grids().get(task));
      }
    }
    return grids;
  }

  /** The arrays that tasks of these parts are given. */
  static Set<TornadoNativeArray> used(List<GraphPart> parts) {
    Set<TornadoNativeArray> all = identitySet();
    parts.forEach(part -> all.addAll(part.used));
    return all;
  }

  /** The graph of a part, the {@code index}-th of a program's. */
  static ImmutableTaskGraph build(KernelProgram program, List<GraphPart> parts, int index) {
    GraphPart part = parts.get(index);
    Set<TornadoNativeArray> consumed = used(parts.subList(0, index));
    Predicate<Object> isNew = array -> part.used.contains(array) && !consumed.contains(array);
    Object[] once = program.sections().stream().flatMap(g -> g.once().stream()).filter(isNew).toArray();
    Object[] everyTime = part.graph.everyTime().stream().filter(isNew).toArray();
    Set<TornadoNativeArray> kept = used(parts.subList(0, index + 1));
    boolean isLast = index == parts.size() - 1 || parts.get(index + 1).graph != part.graph;

    TaskGraph built = new TaskGraph(part.name);
    if (!consumed.isEmpty()) {
      built = built.consumeFromDevice(parts.get(index - 1).name, consumed.toArray());
    }
    if (once.length > 0) {
      built = built.transferToDevice(DataTransferMode.FIRST_EXECUTION, once);
    }
    if (everyTime.length > 0) {
      built = built.transferToDevice(DataTransferMode.EVERY_EXECUTION, everyTime);
    }
    for (Consumer<TaskGraphInterface> task : part.tasks) {
      task.accept(built);
    }
    if (isLast && !part.graph.results().isEmpty()) {
      built = built.transferToHost(DataTransferMode.UNDER_DEMAND, part.graph.results().toArray());
      part.graph.results().forEach(kept::remove); // for TornadoVM, it is the same
    }
    if (!kept.isEmpty()) {
      built = built.persistOnDevice(kept.toArray());
    }
    return built.snapshot();
  }

  /** Checks what a section is sent every time, for an array is sent by the first graph that uses it. */
  static void checkEveryTime(KernelGraph section, List<GraphPart> partsBefore) {
    Set<TornadoNativeArray> before = used(partsBefore);
    if (section.everyTime().stream().anyMatch(before::contains)) {
      throw new IllegalArgumentException(
          "section '" + section.name()
              + "' is sent an array every time that a section before it uses; give it one of its own");
    }
  }

  private static Set<TornadoNativeArray> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
