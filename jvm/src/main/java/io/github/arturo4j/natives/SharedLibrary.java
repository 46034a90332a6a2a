// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.natives;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Asks the dynamic linker why a library does not load. Java's own ways to load one tell less: neither which of its
 * libraries is missing, nor whether a file of that name was found at all.
 */
public final class SharedLibrary {
  private static final int RTLD_LAZY = 1;
  private static final AddressLayout TEXT =
      ValueLayout.ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE));

  private SharedLibrary() {}

  /**
   * Loads a library, by its name or its path, and leaves it loaded.
   *
   * @return what the linker says against it; nothing if it loads, or where there is no linker with dlopen to ask
   */
  public static Optional<String> whyNotLoaded(String library) {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> dlopen = linker.defaultLookup().find("dlopen");
    Optional<MemorySegment> dlerror = linker.defaultLookup().find("dlerror");
    if (dlopen.isEmpty() || dlerror.isEmpty()) {
      return Optional.empty();
    }
    MethodHandle open =
        linker.downcallHandle(
            dlopen.get(),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    MethodHandle error = linker.downcallHandle(dlerror.get(), FunctionDescriptor.of(TEXT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(library);
      if (!MemorySegment.NULL.equals((MemorySegment) open.invokeExact(name, RTLD_LAZY))) {
        return Optional.empty();
      }
      return Optional.of(((MemorySegment) error.invokeExact()).getString(0));
    } catch (Throwable e) { // what invokeExact declares; the two functions throw nothing
      throw new IllegalStateException("dlopen cannot be called", e);
    }
  }
}
