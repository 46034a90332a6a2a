// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import static io.github.arturo4j.kernels.libraries.Functions.INT;
import static io.github.arturo4j.kernels.libraries.Functions.LONG;
import static io.github.arturo4j.kernels.libraries.Functions.POINTER;

import io.github.arturo4j.kernels.inspect.DeviceException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** What of the CUDA driver's functions (cuda.h, libcuda) the libraries' workspaces need. */
final class CudaDriver {
  private static final String NAME = "the CUDA driver";

  private final Functions functions;
  private final MethodHandle setCurrent;
  private final MethodHandle allocate;
  private final MethodHandle free;
  private final MethodHandle copy;
  private final MethodHandle errorName;

  /** Those of the library that has these symbols. */
  CudaDriver(SymbolLookup symbols) {
    functions = new Functions(NAME, symbols);
    setCurrent = functions.find("cuCtxSetCurrent", POINTER);
    allocate = functions.find("cuMemAlloc_v2", POINTER, LONG);
    free = functions.find("cuMemFree_v2", LONG);
    copy = functions.find("cuMemcpyDtoDAsync_v2", LONG, LONG, LONG, POINTER);
    errorName = functions.find("cuGetErrorName", INT, POINTER);
  }

  /** Has this thread's next calls, the libraries' too, go to a context. */
  void setCurrent(MemorySegment context) {
    check("cuCtxSetCurrent", "the plan's context", () -> (int) setCurrent.invokeExact(context));
  }

  /** New memory on the device; its address. */
  long allocate(long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(LONG);
      check("cuMemAlloc", bytes + " bytes of workspace", () -> (int) allocate.invokeExact(address, bytes));
      return address.get(LONG, 0);
    }
  }

  /** Frees memory on the device. */
  void free(long address) {
    check("cuMemFree", "a workspace", () -> (int) free.invokeExact(address));
  }

  /** Has the stream copy on the device. */
  void copy(long to, long from, long bytes, MemorySegment stream) {
    check("cuMemcpyDtoDAsync", bytes + " bytes of weights", () -> (int) copy.invokeExact(to, from, bytes, stream));
  }

  private void check(String function, String subject, Functions.Call call) {
    int status = Functions.status(call);
    if (status != 0) {
      throw new DeviceException(
          NAME + ": " + function + " fails with status " + status + " (" + name(status) + ") for " + subject + Functions.REMEDY);
    }
  }

  private String name(int status) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(POINTER);
      boolean known = Functions.status(() -> (int) errorName.invokeExact(status, text)) == 0;
      return known ? text.get(ValueLayout.ADDRESS, 0).reinterpret(Functions.TEXT).getString(0) : "unknown";
    }
  }
}
