// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

import io.github.arturo4j.jvm.DeviceMemory;
import io.github.arturo4j.jvm.Graph;
import io.github.arturo4j.jvm.JvmRuntime;
import io.github.arturo4j.jvm.PlanMemory;
import io.github.arturo4j.jvm.Profile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Runs graphs, one after the other or the one chosen, and owns their device memory. */
public class TornadoExecutionPlan implements AutoCloseable {
  private final Graph[] graphs;
  private final PlanMemory memory;
  private final Profile[] profiles;
  private final TornadoExecutionResult[] results;
  private final Map<String, WorkerGrid> grids = new HashMap<>();
  private int chosen = -1;
  private boolean profiling;

  /** A plan of these graphs. */
  public TornadoExecutionPlan(ImmutableTaskGraph... immutableTaskGraphs) {
    graphs = new Graph[immutableTaskGraphs.length];
    results = new TornadoExecutionResult[graphs.length];
    profiles = new Profile[graphs.length];
    for (int i = 0; i < graphs.length; i++) {
      graphs[i] = immutableTaskGraphs[i].graph();
    }
    memory = new PlanMemory(graphs);
    for (int i = 0; i < graphs.length; i++) {
      profiles[i] = new Profile(graphs[i].name());
      results[i] = new TornadoExecutionResult(memory.of(i), profiles[i]);
    }
  }

  /** The device at that index of that backend. */
  public static TornadoDevice getDevice(int backendIndex, int deviceIndex) {
    return JvmRuntime.INSTANCE.getBackend(backendIndex).getDevice(deviceIndex);
  }

  /** Runs the chosen graph, or all in their order. */
  public TornadoExecutionResult execute() {
    if (chosen >= 0) {
      return execute(chosen);
    }
    TornadoExecutionResult last = null;
    for (int i = 0; i < graphs.length; i++) {
      last = execute(i);
    }
    return last;
  }

  private TornadoExecutionResult execute(int index) {
    if (profiling) {
      return executeProfiled(index);
    }
    DeviceMemory device = memory.begin(index);
    graphs[index].run(device, grids, null);
    device.finish();
    memory.end(index);
    return results[index];
  }

  private TornadoExecutionResult executeProfiled(int index) {
    Profile profile = profiles[index];
    profile.begin();
    DeviceMemory device = memory.begin(index);
    profile.uploaded(device.copied());
    graphs[index].run(device, grids, profile);
    long ran = System.nanoTime();
    device.finish();
    profile.downloaded(device.copied(), ran);
    memory.end(index);
    return results[index];
  }

  /** Chooses a graph. */
  public TornadoExecutionPlan withGraph(int graphIndex) {
    if (graphIndex < 0 || graphIndex >= graphs.length) {
      throw new TornadoRuntimeException(
          "there is no graph " + graphIndex + " in this plan of " + graphs.length);
    }
    chosen = graphIndex;
    return this;
  }

  /** Chooses the device; there is one. */
  public TornadoExecutionPlan withDevice(TornadoDevice device) {
    if (device != JvmRuntime.INSTANCE) {
      throw new TornadoRuntimeException("the plain JVM has no device " + device);
    }
    return this;
  }

  /** Sets the grids of tasks. */
  public TornadoExecutionPlan withGridScheduler(GridScheduler gridScheduler) {
    for (String name : gridScheduler.keySet()) {
      if (Arrays.stream(graphs).noneMatch(graph -> graph.has(name))) {
        throw new TornadoRuntimeException("no graph of this plan has a task '" + name + "'");
      }
      grids.put(name, gridScheduler.get(name));
    }
    return this;
  }

  /** Measures the next executions; what it finds is in their results. */
  public TornadoExecutionPlan withProfiler(ProfilerMode mode) {
    if (mode != ProfilerMode.SILENT) {
      throw new TornadoRuntimeException("the plain JVM has no profiler mode " + mode + "; use SILENT");
    }
    profiling = true;
    return this;
  }

  /** Does not measure the next executions. */
  public TornadoExecutionPlan withoutProfiler() {
    profiling = false;
    return this;
  }

  /** Fails: CUDA graphs are a matter of NVIDIA's GPUs. */
  public TornadoExecutionPlan withCUDAGraph() {
    throw new TornadoRuntimeException("the plain JVM has no CUDA graphs; do not ask for them on this device");
  }

  /** Frees the device memory; the next execution starts afresh. */
  public TornadoExecutionPlan freeDeviceMemory() {
    memory.free();
    return this;
  }

  /** Bytes of device memory in use. */
  public long getCurrentDeviceMemoryUsage() {
    return memory.bytes();
  }

  /** Frees the device memory. */
  @Override
  public void close() throws TornadoExecutionPlanException {
    memory.free();
  }
}
