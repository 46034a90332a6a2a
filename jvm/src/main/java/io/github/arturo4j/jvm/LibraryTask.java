// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryInvocation;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoLibraryProvider;

/**
 * A task that is a call of a native library, by its provider. The arrays of the JVM device have no address, so the library
 * is given native memory with what they hold, of which what it has written is taken back: of any array, for a library may
 * write a part of one that it does not read.
 */
final class LibraryTask implements Task {
  /** Bytes: a device's own memory is aligned as well. */
  private static final long ALIGNMENT = 64;

  private final String id;
  private final String name;
  private final LibraryTaskDescriptor descriptor;

  LibraryTask(String graph, String id, LibraryTaskDescriptor descriptor) {
    this.id = id;
    this.name = graph + "." + id;
    this.descriptor = descriptor;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Object> arrays() {
    return Arrays.stream(descriptor.getParameters()).filter(TornadoNativeArray.class::isInstance).toList();
  }

  @Override
  public void run(DeviceMemory memory, WorkerGrid grid) {
    LibraryContexts contexts = memory.libraries();
    try (Arena arena = Arena.ofConfined()) {
      TornadoLibraryProvider provider = LibraryContexts.provider(descriptor.getLibraryName());
      LibraryContext context = contexts.of(provider);
      provider.prepare(descriptor, context);
      Object[] parameters = descriptor.getParameters();
      long[] pointers = new long[parameters.length];
      boolean[] isReference = new boolean[parameters.length];
      Map<TornadoNativeArray, MemorySegment> copies = new IdentityHashMap<>();
      for (int i = 0; i < parameters.length; i++) {
        if (parameters[i] instanceof TornadoNativeArray) {
          TornadoNativeArray array = memory.buffer(parameters[i]);
          pointers[i] = copies.computeIfAbsent(array, a -> copy(a, arena)).address();
          isReference[i] = true;
        }
      }
      provider.dispatch(
          descriptor.getFunctionName(),
          new LibraryInvocation(
              parameters, pointers, isReference, JvmRuntime.INSTANCE, contexts.plan(), context, descriptor.getTuning()));
      copies.forEach((array, copy) -> HeapArrays.segment(array).copyFrom(copy));
    } catch (RuntimeException e) {
      throw Task.failed(name, e);
    }
  }

  private static MemorySegment copy(TornadoNativeArray array, Arena arena) {
    MemorySegment values = HeapArrays.segment(array);
    return arena.allocate(values.byteSize(), ALIGNMENT).copyFrom(values);
  }
}
