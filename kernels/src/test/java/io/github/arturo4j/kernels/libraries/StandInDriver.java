// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/** The CUDA driver's functions on this machine's own memory, as cuda.h declares them. */
final class StandInDriver {
  /** CUresult. */
  static final int INVALID_VALUE = 1;
  static final int OUT_OF_MEMORY = 2;

  static final long CONTEXT = 0x1000;
  static final long STREAM = 0x2000;

  final Map<Long, Arena> allocated = new HashMap<>();
  int allocations;
  int copies;
  long limit = Long.MAX_VALUE;
  boolean current;

  public synchronized int cuCtxSetCurrent(MemorySegment context) {
    current = context.address() == CONTEXT;
    return current ? 0 : INVALID_VALUE;
  }

  public synchronized int cuMemAlloc_v2(MemorySegment address, long bytes) {
    if (!current || bytes == 0) {
      return INVALID_VALUE;
    }
    if (bytes > limit) {
      return OUT_OF_MEMORY;
    }
    Arena arena = Arena.ofShared();
    long place = arena.allocate(bytes, 256).address();
    allocated.put(place, arena);
    allocations++;
    Upcalls.set(address, place);
    return 0;
  }

  public synchronized int cuMemFree_v2(long address) {
    Arena arena = allocated.remove(address);
    if (arena == null) {
      return INVALID_VALUE;
    }
    arena.close();
    return 0;
  }

  public synchronized int cuMemcpyDtoDAsync_v2(long to, long from, long bytes, MemorySegment stream) {
    if (!current || stream.address() != STREAM) {
      return INVALID_VALUE;
    }
    copies++;
    MemorySegment.copy(Upcalls.at(from), 0, Upcalls.at(to), 0, bytes);
    return 0;
  }

  public int cuGetErrorName(int error, MemorySegment text) {
    Upcalls.set(text, Upcalls.text(error == OUT_OF_MEMORY ? "CUDA_ERROR_OUT_OF_MEMORY" : "CUDA_ERROR_INVALID_VALUE").address());
    return 0;
  }
}
