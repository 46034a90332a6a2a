// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import io.github.arturo4j.kernels.inspect.DeviceException;
import io.github.arturo4j.kernels.inspect.ExecutionProfile;
import io.github.arturo4j.kernels.inspect.KernelSources;
import io.github.arturo4j.kernels.inspect.Profiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Executes the sections of a {@link KernelProgram}, each as one graph of TornadoVM, or as several that follow each other
 * where there are more tasks than it takes in one. Nothing goes to or from the host between them.
 */
public final class GraphPlan implements AutoCloseable {
  private final TornadoExecutionPlan plan;
  private final Map<String, Section> sections = new LinkedHashMap<>();
  private final Map<String, TornadoExecutionResult> results = new HashMap<>();
  private final List<GraphPart> parts = new ArrayList<>();

  /** The graph that was executed last; −1 before the first. */
  private int last = -1;

  /** The furthest graph that has been executed; −1 before the first. */
  private int reached = -1;

  /**
   * Where a section's graphs are.
   *
   * @param first the first of them
   * @param end the one behind the last
   */
  private record Section(String name, int first, int end) {}

  /** A plan of graphs of at most so many tasks each. */
  GraphPlan(KernelProgram program, int maxTasks) {
    for (KernelGraph section : program.sections()) {
      int first = parts.size();
      GraphPart.checkEveryTime(section, parts);
      parts.addAll(GraphPart.of(section, maxTasks));
      sections.put(section.name(), new Section(section.name(), first, parts.size()));
    }
    plan =
        new TornadoExecutionPlan(
            IntStream.range(0, parts.size())
                .mapToObj(i -> GraphPart.build(program, parts, i))
                .toArray(ImmutableTaskGraph[]::new));
    plan.withDevice(program.device());
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

  /** Graphs of TornadoVM that a section consists of. */
  public int graphs(String section) {
    return section(section).end - section(section).first;
  }

  private Section section(String name) {
    Section found = sections.get(name);
    if (found == null) {
      throw new IllegalArgumentException("there is no section '" + name + "'; there are " + sections.keySet());
    }
    return found;
  }

  /** The section of a program that has no other. */
  private Section only() {
    if (sections.size() > 1) {
      throw new IllegalStateException("say which section is to be executed; there are " + sections.keySet());
    }
    return sections.values().iterator().next();
  }

  /** Executes the only section; the result, from which arrays can be downloaded until the next execution. */
  public TornadoExecutionResult execute() {
    return execute(only());
  }

  /**
   * Executes a section.
   *
   * @return from which the section's results can be downloaded until the next execution; null of one without tasks
   * @throws IllegalStateException if one before it has to be executed first, see {@link KernelProgram}
   */
  public TornadoExecutionResult execute(String section) {
    return execute(section(section));
  }

  private TornadoExecutionResult execute(Section section) {
    prepare(section);
    for (int i = section.first; i < section.end; i++) {
      results.put(section.name, execute(i));
    }
    return results.get(section.name);
  }

  /**
   * The result of a section's last execution, from which the section's results can be downloaded until the next execution
   * of any section; null before its first.
   */
  public TornadoExecutionResult result(String section) {
    Section found = section(section);
    TornadoExecutionResult result = results.get(section);
    if (result != null) {
      plan.withGraph(found.end - 1); // TornadoVM downloads what the chosen graph has
    }
    return result;
  }

  private void prepare(Section section) {
    if (section.first == section.end) {
      return;
    }
    if (last < section.first - 1) { // which does not have all arrays that this one takes from it
      throw new IllegalStateException(
          "section '" + section.name + "' is to follow '" + parts.get(section.first - 1).graph().name()
              + "' or one behind it, not "
              + (last < 0 ? "nothing" : "'" + parts.get(last).graph().name() + "'"));
    }
    if (reached < section.first) {
      KernelSources.compiling(
          section.name,
          parts.subList(section.first, section.end).stream().flatMap(part -> part.compiled().stream()).toList());
    }
  }

  private TornadoExecutionResult execute(int index) {
    TornadoExecutionResult result = plan.withGraph(index).execute();
    last = index;
    reached = Math.max(reached, index);
    return result;
  }

  /**
   * An execution whose tasks were measured.
   *
   * @param result what {@link #execute} would have given
   * @param nanos wall time of the execution, without the reading of the profile
   * @param profile what it took, or nothing where the backend does not tell
   */
  public record Profiled(TornadoExecutionResult result, long nanos, Optional<ExecutionProfile> profile) {
    /** No execution. */
    public static final Profiled NOTHING = new Profiled(null, 0, Optional.of(ExecutionProfile.NONE));

    /** Of this execution and the next. */
    public Profiled plus(Profiled next) {
      return new Profiled(
          next.result, nanos + next.nanos, profile.flatMap(all -> next.profile.map(all::plus)));
    }
  }

  /** Executes the only section and measures each task. */
  public Profiled executeProfiled() {
    return executeProfiled(only());
  }

  /** Executes a section, as {@link #execute(String)}, and measures each task. */
  public Profiled executeProfiled(String section) {
    return executeProfiled(section(section));
  }

  private Profiled executeProfiled(Section section) {
    prepare(section);
    Profiled all = Profiled.NOTHING;
    for (int i = section.first; i < section.end; i++) {
      Profiler.begin(plan.withGraph(i));
      long start = System.nanoTime();
      TornadoExecutionResult result = execute(i);
      long nanos = System.nanoTime() - start;
      results.put(section.name, result);
      all = all.plus(new Profiled(result, nanos, Profiler.end(plan, result)));
    }
    return all;
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
