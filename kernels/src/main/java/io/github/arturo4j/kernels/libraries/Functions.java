// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import io.github.arturo4j.kernels.inspect.DeviceException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The functions of a native library, each of which gives a status, 0 for success. */
final class Functions {
  /** An int, or a C enumeration. */
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  /** A size_t, a long long, or an address on the device as the CUDA driver has it. */
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  /** Any pointer, also one to a place on the device, and a handle. */
  static final ValueLayout POINTER = ValueLayout.ADDRESS;

  /** What to do where a library does not. */
  static final String REMEDY = "; compute without it with --linalg kernels";

  private static final Linker LINKER = Linker.nativeLinker();
  /** Bytes that a text of a library has at most. */
  static final long TEXT = 512;

  private final String library;
  private final SymbolLookup symbols;

  /** A call, and its status. */
  interface Call {
    int get() throws Throwable;
  }

  /**
   * Those of a library.
   *
   * @param library its name, for people
   */
  Functions(String library, SymbolLookup symbols) {
    this.library = library;
    this.symbols = symbols;
  }

  /**
   * A function.
   *
   * @param arguments in their order
   * @throws DeviceException if the library has none of that name
   */
  MethodHandle find(String name, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.of(INT, arguments));
  }

  /** A function that gives the text of a status. */
  MethodHandle text(String name) {
    return handle(name, FunctionDescriptor.of(POINTER, INT));
  }

  private MethodHandle handle(String name, FunctionDescriptor type) {
    MemorySegment address =
        symbols.find(name)
            .orElseThrow(
                () ->
                    new DeviceException(
                        library + " has no function " + name + ": it is older or newer than those that are known; install cuBLAS 12 or 13"
                            + " and cuDNN 8 or 9, or compute without them with --linalg kernels"));
    return LINKER.downcallHandle(address, type);
  }

  /** Makes a call; its status. */
  static int status(Call call) {
    try {
      return call.get();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) { // what invokeExact declares; C functions throw nothing
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes a call that has to succeed.
   *
   * @param text of a status, see {@link #text}; null where the library has none
   * @param subject what the call is about, for people
   * @throws DeviceException if it does not, with function, status and subject
   */
  void check(String function, MethodHandle text, Object subject, Call call) {
    int status = status(call);
    if (status != 0) {
      throw new DeviceException(
          library + ": " + function + " fails with status " + status + (text == null ? "" : " (" + words(text, status) + ")") + " for "
              + subject + REMEDY);
    }
  }

  private static String words(MethodHandle text, int status) {
    try {
      MemorySegment words = (MemorySegment) text.invokeExact(status);
      return MemorySegment.NULL.equals(words) ? "unknown" : words.reinterpret(TEXT).getString(0);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
