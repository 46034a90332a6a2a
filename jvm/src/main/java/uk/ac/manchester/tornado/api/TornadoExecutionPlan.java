// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

import io.github.arturo4j.jvm.DeviceMemory;
import io.github.arturo4j.jvm.Graph;
import io.github.arturo4j.jvm.JvmRuntime;
import io.github.arturo4j.jvm.PlanMemory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Runs graphs, one after the other or the one chosen, and owns their device memory. */
public class TornadoExecutionPlan implements AutoCloseable {
  private final Graph[] graphs;
  private final PlanMemory memory;
  private final TornadoExecutionResult[] results;
  private final Map<String, WorkerGrid> grids = new HashMap<>();
  private int chosen = -1;

  /** A plan of these graphs. */
  public TornadoExecutionPlan(ImmutableTaskGraph... immutableTaskGraphs) {
    graphs = new Graph[immutableTaskGraphs.length];
    results = new TornadoExecutionResult[graphs.length];
    for (int i = 0; i < graphs.length; i++) {
      graphs[i] = immutableTaskGraphs[i].graph();
    }
    memory = new PlanMemory(graphs);
    for (int i = 0; i < graphs.length; i++) {
      results[i] = new TornadoExecutionResult(memory.of(i));
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
    DeviceMemory device = memory.begin(index);
    graphs[index].run(device, grids);
    device.finish();
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

  /** Chooses all graphs. */
  public TornadoExecutionPlan withAllGraphs() {
    chosen = -1;
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

  /** Compiles ahead; the JVM compiles while it runs. */
  public TornadoExecutionPlan withPreCompilation() {
    return this;
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
