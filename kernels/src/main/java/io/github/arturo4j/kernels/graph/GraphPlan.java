// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import io.github.arturo4j.kernels.inspect.DeviceException;
import io.github.arturo4j.kernels.inspect.ExecutionProfile;
import io.github.arturo4j.kernels.inspect.KernelSources;
import io.github.arturo4j.kernels.inspect.Profiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Executes the tasks of a {@link KernelGraph}: as one graph of TornadoVM, or as several that follow each other where
 * there are more tasks than it takes in one. Nothing goes to or from the host between them.
 */
public final class GraphPlan implements AutoCloseable {
  /**
   * Tasks of a graph, at most. TornadoVM 5.2 lists a graph's tasks in 8 KiB and describes a graph in 1,024 nodes, which no
   * option changes: one for each array of this and all earlier graphs, and 5 to 7 for a task. With 128 tasks, those of a
   * ResNet-34 are too many; with 64, there may be some 600 arrays in all.
   */
  static final int MAX_TASKS = 64;

  private final TornadoExecutionPlan plan;

  /** The graphs of the prologue come first, … */
  private final int first;

  /** … then the others, up to this number. */
  private final int end;

  private final List<GraphPart> parts = new ArrayList<>();

  /** The furthest graph that has been executed; −1 before the first. */
  private int reached = -1;

  /** A plan of graphs of at most so many tasks each. */
  GraphPlan(KernelGraph graph, int maxTasks) {
    graph.withPrologue().forEach(g -> parts.addAll(GraphPart.of(g, maxTasks)));
    end = parts.size();
    first = (int) parts.stream().filter(part -> part.graph() != graph).count();
    plan =
        new TornadoExecutionPlan(
            IntStream.range(0, end)
                .mapToObj(i -> GraphPart.build(graph, parts, i))
                .toArray(ImmutableTaskGraph[]::new));
    plan.withDevice(graph.device());
    GridScheduler grids = new GridScheduler();
    parts.forEach(part -> part.grids().forEach(grids::addWorkerGrid));
    if (!grids.keySet().isEmpty()) { // TornadoVM refuses an empty one
      plan.withGridScheduler(grids);
    }
  }

  /** Bytes of device memory that the arrays of all tasks take, once the tasks have been executed. */
  public long deviceBytes() {
    return GraphPart.used(parts).stream().mapToLong(TornadoNativeArray::getNumBytesOfSegmentWithHeader).sum();
  }

  /** Graphs of TornadoVM that an execution consists of. */
  public int graphs() {
    return end - first;
  }

  /**
   * Executes the tasks of the prologue, see {@link KernelGraph#prologue}, because what they read has changed. The first
   * execution does so by itself.
   */
  public void begin() {
    if (reached < 0) {
      noteCompiling(0, first);
    }
    for (int i = 0; i < first; i++) {
      execute(i);
    }
  }

  /** Before the first execution of all tasks: the prologue, unless it was executed, and a note of what is compiled. */
  private void prepare() {
    if (reached < first - 1) {
      begin();
    }
    if (reached < first) {
      noteCompiling(first, end);
    }
  }

  private void noteCompiling(int from, int to) {
    if (from < to) {
      KernelSources.compiling(
          parts.get(from).name(), parts.subList(from, to).stream().flatMap(part -> part.taskNames().stream()).toList());
    }
  }

  /** Executes all tasks; the result, from which arrays can be downloaded until the next execution. */
  public TornadoExecutionResult execute() {
    prepare();
    TornadoExecutionResult result = null;
    for (int i = first; i < end; i++) {
      result = execute(i);
    }
    return result;
  }

  private TornadoExecutionResult execute(int index) {
    TornadoExecutionResult result = plan.withGraph(index).execute();
    reached = Math.max(reached, index);
    return result;
  }

  /**
   * Executes all tasks and measures each.
   *
   * @param result what {@link #execute} would have given
   * @param nanos wall time of the execution, without the reading of the profile
   * @param profile what it took, or nothing where the backend does not tell
   */
  public record Profiled(TornadoExecutionResult result, long nanos, Optional<ExecutionProfile> profile) {}

  /** Executes all tasks and measures each. */
  public Profiled executeProfiled() {
    prepare();
    TornadoExecutionResult result = null;
    Optional<ExecutionProfile> profile = Optional.of(ExecutionProfile.NONE);
    long nanos = 0;
    for (int i = first; i < end; i++) {
      Profiler.begin(plan.withGraph(i));
      long start = System.nanoTime();
      result = execute(i);
      nanos += System.nanoTime() - start;
      Optional<ExecutionProfile> part = Profiler.end(plan, result);
      profile = profile.flatMap(all -> part.map(all::plus));
    }
    return new Profiled(result, nanos, profile);
  }

  /** Has the executions recorded as CUDA graphs and replayed. To be called before the first. */
  public void withCudaGraph() {
    plan.withCUDAGraph();
  }

  /** Frees the device memory. */
  @Override
  public void close() {
    try {
      if (reached >= 0) {
        plan.withGraph(reached); // TornadoVM frees the arrays of the chosen graph, and this one has those of all before
      }
      plan.close();
    } catch (TornadoExecutionPlanException e) {
      throw new DeviceException("the device did not free a plan's memory", e);
    }
  }
}
