// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Successive tasks of a {@link KernelGraph}, as one graph of TornadoVM. What tasks of several parts use stays on the
 * device from the first of these parts to the end of the last part, each taking it from the one before: TornadoVM
 * knows no further way back than the graph that was executed last.
 */
final class GraphPart {
  private final KernelGraph graph;
  private final String name;
  private final List<Consumer<TaskGraphInterface>> tasks;
  private final List<String> taskNames = new ArrayList<>();
  private final Set<Object> used = identitySet();

  private GraphPart(KernelGraph graph, String name, List<Consumer<TaskGraphInterface>> tasks) {
    this.graph = graph;
    this.name = name;
    this.tasks = tasks;
    tasks.forEach(this::look);
  }

  /** The parts of a graph, as equal as can be, of at most so many tasks; the first has the graph's name. */
  static List<GraphPart> of(KernelGraph graph, int mostTasks) {
    List<Consumer<TaskGraphInterface>> tasks = graph.additions();
    int count = Math.ceilDiv(tasks.size(), mostTasks);
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
                  for (Object argument : arguments) {
                    if (argument instanceof TornadoNativeArray) {
                      used.add(argument);
                    }
                  }
                  return proxy;
                }));
  }

  /** The graph of which this is a part. */
  KernelGraph graph() {
    return graph;
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

  /** The graph of a part, the {@code index}-th of those; {@code graph} is the last part's. */
  static ImmutableTaskGraph build(KernelGraph graph, List<GraphPart> parts, int index) {
    GraphPart part = parts.get(index);
    Set<Object> before = identitySet();
    parts.subList(0, index).forEach(earlier -> before.addAll(earlier.used));
    Set<Object> consumed = identitySet();
    for (int i = 0; i < index; i++) {
      consumed.addAll(shared(graph, parts, i));
    }
    Set<Object> kept = identitySet();
    kept.addAll(consumed);
    kept.addAll(shared(graph, parts, index));

    TaskGraph built = new TaskGraph(part.name);
    if (!consumed.isEmpty()) {
      built = built.consumeFromDevice(parts.get(index - 1).name, consumed.toArray());
    }
    Predicate<Object> isNew = array -> part.used.contains(array) && !before.contains(array);
    Object[] once = inputs(graph, KernelGraph::once).filter(isNew).toArray();
    if (once.length > 0) {
      built = built.transferToDevice(DataTransferMode.FIRST_EXECUTION, once);
    }
    Object[] everyTime = inputs(graph, KernelGraph::everyTime).filter(isNew).toArray();
    if (everyTime.length > 0) {
      built = built.transferToDevice(DataTransferMode.EVERY_EXECUTION, everyTime);
    }
    for (Consumer<TaskGraphInterface> task : part.tasks) {
      task.accept(built);
    }
    if (index == parts.size() - 1 && !graph.results().isEmpty()) {
      built = built.transferToHost(DataTransferMode.UNDER_DEMAND, graph.results().toArray());
    }
    if (!kept.isEmpty()) {
      built = built.persistOnDevice(kept.toArray());
    }
    return built.snapshot();
  }

  private static Stream<Object> inputs(KernelGraph graph, Function<KernelGraph, List<Object>> kind) {
    return graph.withPrologue().stream().flatMap(g -> kind.apply(g).stream());
  }

  /** What this part is the first to use and a later one, or the host, uses too. */
  private static Set<Object> shared(KernelGraph graph, List<GraphPart> parts, int index) {
    Set<Object> shared = identitySet();
    shared.addAll(parts.get(index).used);
    parts.subList(0, index).forEach(earlier -> shared.removeAll(earlier.used));
    Set<Object> after = identitySet();
    parts.subList(index + 1, parts.size()).forEach(later -> after.addAll(later.used));
    if (index < parts.size() - 1) {
      after.addAll(graph.results());
    }
    shared.retainAll(after);
    return shared;
  }

  private static Set<Object> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
