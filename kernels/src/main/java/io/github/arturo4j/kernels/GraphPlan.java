// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels;

import io.github.arturo4j.kernels.profile.ExecutionProfile;
import io.github.arturo4j.kernels.profile.Profiler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/**
 * Executes the tasks of a {@link KernelGraph}: as one graph of TornadoVM, or as several that follow each other where
 * there are more tasks than it takes in one. Nothing goes to or from the host between them.
 */
public final class GraphPlan implements AutoCloseable {
  /**
   * Tasks of a graph, at most. TornadoVM 5.2 lists a graph's tasks in 8 KiB, which no option changes: the 219 tasks of
   * a ResNet-18 are too many; and with more than 256 its graph compiler runs out of an array's bounds.
   */
  static final int MOST_TASKS = 128;

  private final TornadoExecutionPlan plan;
  private final KernelGraph graph;
  private final int graphs;

  private boolean compiled;

  /** A plan of graphs of at most so many tasks each. */
  GraphPlan(KernelGraph graph, int mostTasks) {
    List<GraphPart> parts = GraphPart.of(graph, mostTasks);
    graphs = parts.size();
    plan =
        new TornadoExecutionPlan(
            IntStream.range(0, graphs)
                .mapToObj(i -> GraphPart.build(graph, parts, i))
                .toArray(ImmutableTaskGraph[]::new));
    plan.withDevice(graph.device());
    if (!graph.grids().isEmpty()) { // TornadoVM refuses an empty one
      plan.withGridScheduler(grids(graph, parts));
    }
    this.graph = graph;
  }

  private static GridScheduler grids(KernelGraph graph, List<GraphPart> parts) {
    List<String> names = new ArrayList<>();
    parts.forEach(part -> names.addAll(Collections.nCopies(part.size(), part.name())));
    GridScheduler scheduler = new GridScheduler();
    List<GraphTask> tasks = graph.tasks();
    for (int i = 0; i < tasks.size(); i++) {
      String task = tasks.get(i).name();
      if (graph.grids().containsKey(task)) {
        scheduler.addWorkerGrid(names.get(i) + "." + task, graph.grids().get(task));
      }
    }
    return scheduler;
  }

  /** Graphs of TornadoVM that it consists of. */
  public int graphs() {
    return graphs;
  }

  /** Executes all tasks; the result, from which arrays can be downloaded until the next execution. */
  public TornadoExecutionResult execute() {
    noteCompilation();
    TornadoExecutionResult result = null;
    for (int i = 0; i < graphs; i++) {
      result = plan.withGraph(i).execute();
    }
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
    noteCompilation();
    TornadoExecutionResult result = null;
    Optional<ExecutionProfile> profile = Optional.of(ExecutionProfile.NONE);
    long nanos = 0;
    for (int i = 0; i < graphs; i++) {
      Profiler.begin(plan.withGraph(i));
      long start = System.nanoTime();
      result = plan.withGraph(i).execute();
      nanos += System.nanoTime() - start;
      Optional<ExecutionProfile> part = Profiler.end(plan, result);
      profile = profile.flatMap(all -> part.map(all::plus));
    }
    return new Profiled(result, nanos, profile);
  }

  private void noteCompilation() {
    if (!compiled) {
      KernelSources.compiling(graph);
      compiled = true;
    }
  }

  /** Has the executions recorded as CUDA graphs and replayed. To be called before the first. */
  public void withCudaGraph() {
    plan.withCUDAGraph();
  }

  /** Frees the device memory. */
  @Override
  public void close() {
    try {
      plan.close();
    } catch (TornadoExecutionPlanException e) {
      throw new IllegalStateException("the device did not free a plan's memory", e);
    }
  }
}
