// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.KernelShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * A section of a {@link KernelProgram}, often the only one: collects tasks, the arrays they share with the host, and their
 * thread grids, for a {@link GraphPlan}.
 *
 * <p>An array that is named nowhere lives on the device only: its content is undefined until a task writes it.
 */
public final class KernelGraph {
  private final KernelProgram program;
  private final String name;
  private final Map<String, WorkerGrid> grids = new LinkedHashMap<>();
  private final Set<Object> inputs = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Object> once = new ArrayList<>();
  private final List<Object> everyTime = new ArrayList<>();
  private final List<Object> results = new ArrayList<>();
  private final List<Consumer<TaskGraphInterface>> tasks = new ArrayList<>();
  private final SequencedMap<String, GraphTask> described = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private Phase phase = Phase.FORWARD;

  /** The only section of a program, whose kernels are chosen for {@code device}. */
  public KernelGraph(String name, TornadoDevice device) {
    this(name, device, DeviceTraits.of(device));
  }

  /** One whose kernels have a shape that may be another device's, to see how those are, or to test them. */
  public KernelGraph(String name, TornadoDevice device, KernelShape shape) {
    this(name, device, DeviceTraits.of(device).in(shape));
  }

  /** One whose kernels are chosen for these traits. */
  public KernelGraph(String name, TornadoDevice device, DeviceTraits traits) {
    this(new KernelProgram(device, traits), name);
    program.sections().add(this);
  }

  KernelGraph(KernelProgram program, String name) {
    this.program = program;
    this.name = name;
  }

  /** The graph's name. */
  public String name() {
    return name;
  }

  /** The device the graph will run on. */
  public TornadoDevice device() {
    return program.device();
  }

  /** What kernels are chosen for. */
  public DeviceTraits traits() {
    return program.traits();
  }

  /** The shape of the kernels. */
  public KernelShape shape() {
    return traits().shape();
  }

  /** A shape that was asked for, or for null that of the graph. */
  public KernelShape shape(KernelShape asked) {
    return asked == null ? shape() : asked;
  }

  /** Has the tasks that are named from here on have other names than those of another section so far. */
  public KernelGraph apartFrom(KernelGraph other) {
    taken.addAll(other.described.keySet());
    return this;
  }

  /** Arrays copied to the device before the first execution of the first section that has them. */
  public KernelGraph once(Object... arrays) {
    return addInputs(once, arrays);
  }

  /** Arrays copied to the device before every execution of this section, the first of the program that uses them. */
  public KernelGraph everyTime(Object... arrays) {
    return addInputs(everyTime, arrays);
  }

  private KernelGraph addInputs(List<Object> list, Object... arrays) {
    for (Object array : arrays) {
      if (inputs.add(array)) {
        list.add(array);
      }
    }
    return this;
  }

  /** Arrays the host may ask for after an execution, with the result of {@link GraphPlan#execute}. */
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
    for (int i = 2; described.containsKey(candidate) || taken.contains(candidate); i++) {
      candidate = base + i;
    }
    described.put(candidate, new GraphTask(candidate, phase, Optional.empty()));
    return candidate;
  }

  /** Says what a task has to do, see {@link #tasks}. */
  public KernelGraph cost(String task, Cost cost) {
    described.computeIfPresent(task, (name, t) -> new GraphTask(name, t.phase(), Optional.of(cost), t.launch()));
    return this;
  }

  /** Says how a task is launched on a GPU, see {@link #tasks}. */
  public KernelGraph launch(String task, Launch launch) {
    described.computeIfPresent(task, (name, t) -> new GraphTask(name, t.phase(), t.cost(), Optional.of(launch)));
    return this;
  }

  /** The tasks in their order. */
  public List<GraphTask> tasks() {
    return List.copyOf(described.values());
  }

  /** Adds a task: {@code add(g -> g.task(name, Kernel::method, ...))}. */
  public KernelGraph add(Consumer<TaskGraphInterface> task) {
    tasks.add(task);
    return this;
  }

  /** Sets the thread grid of a task; without one, TornadoVM chooses from the task's parallel loop. */
  public KernelGraph grid(String task, WorkerGrid grid) {
    grids.put(task, grid);
    return this;
  }

  /**
   * Sets the thread grid of a task of two parallel loops, one in the other: see {@link LoopGrid}. On a CPU, where
   * TornadoVM counts the loops the other way round, it chooses.
   *
   * @param rows steps of the outer loop
   * @param columns steps of the inner loop
   */
  public KernelGraph loops(String task, int rows, int columns) {
    return loops(task, 1, rows, columns);
  }

  /** As {@link #loops(String, int, int)}, of three loops; {@code planes} are the steps of the outermost. */
  public KernelGraph loops(String task, int planes, int rows, int columns) {
    return traits().loopGrids() ? grid(task, LoopGrid.of(planes, rows, columns)) : this;
  }

  /** Number of tasks, that is of kernel launches, of one execution. */
  public int taskCount() {
    return tasks.size();
  }

  /** A plan of the program that this is a section of. */
  public GraphPlan plan() {
    return program.plan();
  }

  /** The program that this is a section of. */
  public KernelProgram program() {
    return program;
  }

  List<Object> once() {
    return once;
  }

  List<Object> everyTime() {
    return everyTime;
  }

  List<Object> results() {
    return results;
  }

  List<Consumer<TaskGraphInterface>> additions() {
    return tasks;
  }

  Map<String, WorkerGrid> grids() {
    return grids;
  }
}
