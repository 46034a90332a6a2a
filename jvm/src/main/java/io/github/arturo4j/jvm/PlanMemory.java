// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * The device memory of a plan: that of each graph, and the arrays which the graph executed last has left for the next
 * one. As in TornadoVM, what a graph does not persist again is lost for those after it.
 */
public final class PlanMemory {
  private final Graph[] graphs;
  private final DeviceMemory[] memories;
  private final LibraryContexts libraries = new LibraryContexts();
  private final Map<Object, TornadoNativeArray> left = new IdentityHashMap<>();
  private int last = -1;

  /** Memory for these graphs; nothing is allocated yet. */
  public PlanMemory(Graph[] graphs) {
    this.graphs = graphs;
    memories = new DeviceMemory[graphs.length];
    Set<Object> transferred = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Graph graph : graphs) {
      transferred.addAll(graph.transferred());
    }
    for (int i = 0; i < graphs.length; i++) {
      memories[i] = new DeviceMemory(graphs[i], transferred, libraries);
    }
  }

  /** The memory of a graph. */
  public DeviceMemory of(int graph) {
    return memories[graph];
  }

  /** Gets a graph's memory ready for an execution. */
  public DeviceMemory begin(int index) {
    DeviceMemory memory = memories[index];
    for (Graph.Consumed consumed : graphs[index].consumed) {
      TornadoNativeArray array = last == index ? memory.find(consumed.array()) : left.get(consumed.array());
      if (array == null) {
        throw new TornadoRuntimeException(
            "graph '" + graphs[index].name() + "' consumes an array that "
                + (last < 0 ? "no graph has" : "graph '" + graphs[last].name() + "', executed last, has not")
                + " persisted on the device");
      }
      memory.share(consumed.array(), array);
    }
    memory.begin();
    return memory;
  }

  /** Keeps what a graph has persisted. */
  public void end(int index) {
    if (last != index) {
      left.clear();
      keep(index, graphs[index].persisted);
      keep(index, graphs[index].underDemand); // which is the same for TornadoVM
      last = index;
    }
  }

  private void keep(int index, List<Object> arrays) {
    for (Object array : arrays) {
      TornadoNativeArray device = memories[index].find(array);
      if (device != null) {
        left.put(array, device);
      }
    }
  }

  /** Bytes in use. */
  public long bytes() {
    Map<Object, Boolean> counted = new IdentityHashMap<>();
    long bytes = 0;
    for (DeviceMemory memory : memories) {
      for (TornadoNativeArray array : memory.arrays()) {
        if (counted.put(array, true) == null) {
          bytes += array.getNumBytesOfSegmentWithHeader();
        }
      }
    }
    return bytes;
  }

  /** Frees everything. */
  public void free() {
    left.clear();
    last = -1;
    for (DeviceMemory memory : memories) {
      memory.free();
    }
    libraries.destroy();
  }
}
