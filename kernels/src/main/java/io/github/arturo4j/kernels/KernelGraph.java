// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;

/**
 * Collects the tasks of one graph, the arrays they share with the host, and their thread grids, and builds the
 * {@link TaskGraph} in the order TornadoVM wants: transfers in, tasks, transfers out.
 *
 * <p>An array that is named nowhere lives on the device only: its content is undefined until a task writes it.
 */
public final class KernelGraph {
  /** Tasks that TornadoVM 5.2 takes in a graph; with one more, its graph compiler runs out of an array's bounds. */
  private static final int MOST_TASKS = 256;

  private final String name;
  private final TornadoDevice device;
  private final Map<String, WorkerGrid> grids = new LinkedHashMap<>();
  private final Map<Object, Integer> inputs = new IdentityHashMap<>();
  private final List<Object> once = new ArrayList<>();
  private final List<Object> everyTime = new ArrayList<>();
  private final List<Object> results = new ArrayList<>();
  private final List<UnaryOperator<TaskGraph>> tasks = new ArrayList<>();
  private final SequencedMap<String, GraphTask> described = new LinkedHashMap<>();
  private Phase phase = Phase.FORWARD;

  /** A graph with the given name, unique in its execution plan, whose kernels are chosen for {@code device}. */
  public KernelGraph(String name, TornadoDevice device) {
    this.name = name;
    this.device = device;
  }

  /** The graph's name. */
  public String name() {
    return name;
  }

  /** The device the graph will run on. */
  public TornadoDevice device() {
    return device;
  }

  /** Arrays copied to the device before the graph's first execution. */
  public KernelGraph once(Object... arrays) {
    return addInputs(once, arrays);
  }

  /** Arrays copied to the device before every execution. */
  public KernelGraph everyTime(Object... arrays) {
    return addInputs(everyTime, arrays);
  }

  private KernelGraph addInputs(List<Object> list, Object... arrays) {
    for (Object array : arrays) {
      if (inputs.put(array, list.size()) == null) {
        list.add(array);
      }
    }
    return this;
  }

  /** Arrays the host may ask for after an execution, with {@code TornadoExecutionResult.transferToHost}. */
  public KernelGraph result(Object... arrays) {
    results.addAll(List.of(arrays));
    return this;
  }

  /** The phase of the tasks that are named from here on; {@link Phase#FORWARD} at first. */
  public KernelGraph phase(Phase next) {
    phase = next;
    return this;
  }

  /**
   * A task name that is unique in this graph: {@code base}, or {@code base} with a number behind it. Names are asked
   * for in the order in which their tasks are added.
   */
  public String task(String base) {
    String candidate = base;
    for (int i = 2; described.containsKey(candidate); i++) {
      candidate = base + i;
    }
    described.put(candidate, new GraphTask(candidate, phase, Optional.empty()));
    return candidate;
  }

  /** Says what a task has to do, see {@link #tasks}. */
  public KernelGraph cost(String task, Cost cost) {
    described.computeIfPresent(task, (name, t) -> new GraphTask(name, t.phase(), Optional.of(cost)));
    return this;
  }

  /** The tasks in their order. */
  public List<GraphTask> tasks() {
    return List.copyOf(described.values());
  }

  /** Adds a task: {@code add(g -> g.task(name, Kernel::method, ...))}. */
  public KernelGraph add(UnaryOperator<TaskGraph> task) {
    tasks.add(task);
    return this;
  }

  /** Sets the thread grid of a task; without one, TornadoVM chooses from the task's parallel loops. */
  public KernelGraph grid(String task, WorkerGrid grid) {
    grids.put(name + "." + task, grid);
    return this;
  }

  /** Number of tasks, that is of kernel launches, of one execution. */
  public int taskCount() {
    return tasks.size();
  }

  /** A plan of these graphs, on the device of the first, with the grids of all. */
  public static TornadoExecutionPlan plan(KernelGraph... graphs) {
    TornadoExecutionPlan plan =
        new TornadoExecutionPlan(
            Arrays.stream(graphs).map(KernelGraph::build).toArray(ImmutableTaskGraph[]::new));
    plan.withDevice(graphs[0].device);
    GridScheduler scheduler = new GridScheduler();
    for (KernelGraph graph : graphs) {
      graph.grids.forEach(scheduler::addWorkerGrid);
      KernelSources.planned(graph);
    }
    if (!scheduler.keySet().isEmpty()) { // TornadoVM refuses an empty one
      plan.withGridScheduler(scheduler);
    }
    return plan;
  }

  /** Throws if a graph is too large for TornadoVM. */
  static void checkSize(String name, int tasks, boolean onJvm) {
    if (tasks > MOST_TASKS && !onJvm) {
      throw new IllegalStateException(
          "graph '" + name + "' has " + tasks + " tasks, and TornadoVM takes " + MOST_TASKS
              + "; choose a network of fewer layers, or --device " + Devices.JVM);
    }
  }

  /** The graph, ready for an execution plan. */
  public ImmutableTaskGraph build() {
    checkSize(name, tasks.size(), Devices.isJvm(device));
    TaskGraph graph = new TaskGraph(name);
    if (!once.isEmpty()) {
      graph = graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, once.toArray());
    }
    if (!everyTime.isEmpty()) {
      graph = graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, everyTime.toArray());
    }
    for (UnaryOperator<TaskGraph> task : tasks) {
      graph = task.apply(graph);
    }
    if (!results.isEmpty()) {
      graph = graph.transferToHost(DataTransferMode.UNDER_DEMAND, results.toArray());
    }
    return graph.snapshot();
  }
}
