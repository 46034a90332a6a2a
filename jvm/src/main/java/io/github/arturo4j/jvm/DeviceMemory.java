// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** The device's own copies of the arrays of one graph. */
public final class DeviceMemory {
  private final Graph graph;
  private final LibraryContexts libraries;
  private final Set<Object> used;
  private final Set<Object> transferred;
  private final Map<Object, TornadoNativeArray> buffers = new IdentityHashMap<>();
  private boolean executed;
  private long copied;

  /**
   * Memory of a graph; nothing is allocated yet.
   *
   * @param transferred arrays that a graph of the plan transfers: what is of no others is on the device only, and needs no memory of the
   *     host's beside the device's
   */
  DeviceMemory(Graph graph, Set<Object> transferred, LibraryContexts libraries) {
    this.graph = graph;
    this.transferred = transferred;
    this.libraries = libraries;
    this.used = graph.used();
  }

  /** Those of the plan. */
  LibraryContexts libraries() {
    return libraries;
  }

  /** The device's copy, allocated, and full of garbage, if there is none yet. */
  TornadoNativeArray buffer(Object host) {
    TornadoNativeArray buffer = buffers.get(host);
    if (buffer == null) {
      buffer = allocate(host);
      buffers.put(host, buffer);
    }
    return buffer;
  }

  TornadoNativeArray find(Object host) {
    return buffers.get(host);
  }

  void share(Object host, TornadoNativeArray buffer) {
    buffers.put(host, buffer);
  }

  Collection<TornadoNativeArray> arrays() {
    return buffers.values();
  }

  void begin() {
    copied = 0;
    if (!executed) {
      graph.firstExecution.forEach(this::upload);
      executed = true;
    }
    for (Object array : graph.everyExecution) {
      upload(array);
    }
  }

  private void upload(Object host) {
    if (used.contains(host)) {
      copy(host, buffer(host));
    }
  }

  /** Bytes copied since the execution began, or since its results were begun to be copied. */
  public long copied() {
    return copied;
  }

  /** Copies to the host what is to be copied after every execution. */
  public void finish() {
    copied = 0;
    for (Object array : graph.toHost) {
      copy(buffer(array), array);
    }
  }

  /** Copies to the host an array that the graph transfers. */
  public void download(Object host) {
    boolean known = false;
    for (Object array : graph.underDemand) {
      known |= array == host;
    }
    for (Object array : graph.toHost) {
      known |= array == host;
    }
    TornadoNativeArray buffer = buffers.get(host);
    if (!known || buffer == null) {
      throw new TornadoRuntimeException(
          "graph '" + graph.name() + "' has no transferToHost for this " + host.getClass().getSimpleName());
    }
    copy(buffer, host);
  }

  void free() {
    buffers.clear();
    executed = false;
  }

  private void copy(Object from, Object to) {
    TornadoNativeArray source = (TornadoNativeArray) from;
    copied += source.getNumBytesOfSegment();
    System.arraycopy(HeapArrays.any(source), 0, HeapArrays.any((TornadoNativeArray) to), 0, source.getSize());
  }

  private TornadoNativeArray allocate(Object host) {
    DeviceCounts.buffer();
    return switch (host) {
      case TornadoNativeArray a when !transferred.contains(a) -> HeapArrays.handOver(a);
      case FloatArray a -> new FloatArray(a.getSize());
      case DoubleArray a -> new DoubleArray(a.getSize());
      case IntArray a -> new IntArray(a.getSize());
      case LongArray a -> new LongArray(a.getSize());
      case ByteArray a -> new ByteArray(a.getSize());
      default -> throw new TornadoRuntimeException(
          "the JVM device has no memory for a " + host.getClass().getName() + "; use FloatArray and the like");
    };
  }
}
