// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The system's dynamic linker. Java's own {@link SymbolLookup#libraryLookup} does not say why a library does not load, and keeps its
 * symbols to itself, among which the plug-ins of some builds of MPI look for what they need (those of Debian's do not).
 */
final class DynamicLinker {
  private static final int RTLD_NOW = 2;
  private static final int RTLD_GLOBAL = System.getProperty("os.name").startsWith("Mac") ? 8 : 0x100;
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;
  private static final AddressLayout TEXT =
      POINTER.withTargetLayout(MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE));

  private final MethodHandle dlopen = function("dlopen", POINTER, POINTER, ValueLayout.JAVA_INT);
  private final MethodHandle dlsym = function("dlsym", POINTER, POINTER, POINTER);
  private final MethodHandle dlerror = function("dlerror", TEXT);
  private final MethodHandle setenv = function("setenv", ValueLayout.JAVA_INT, POINTER, POINTER, ValueLayout.JAVA_INT);

  private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    MemorySegment symbol =
        linker.defaultLookup().find(name).orElseThrow(
            () -> new CollectiveException(
                "this system (" + System.getProperty("os.name") + ") has no function " + name
                    + ", by which MPI is loaded; train on several devices under Linux"));
    return linker.downcallHandle(symbol, FunctionDescriptor.of(result, arguments));
  }

  /** A library that was loaded, or what the linker says against it. */
  record Opened(Optional<SymbolLookup> symbols, String error) {}

  /** Loads a library, by its name or its path, for the rest of the process' life. */
  Opened open(String library) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = (MemorySegment) dlopen.invokeExact(arena.allocateFrom(library), RTLD_NOW | RTLD_GLOBAL);
      if (handle.address() == 0) {
        return new Opened(Optional.empty(), ((MemorySegment) dlerror.invokeExact()).getString(0));
      }
      return new Opened(Optional.of(name -> symbol(handle, name)), "");
    } catch (Throwable e) { // what invokeExact declares; the functions throw nothing
      throw new IllegalStateException(e);
    }
  }

  private Optional<MemorySegment> symbol(MemorySegment library, String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment symbol = (MemorySegment) dlsym.invokeExact(library, arena.allocateFrom(name));
      return symbol.address() == 0 ? Optional.empty() : Optional.of(symbol);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sets a variable of the environment that native code sees, unless it is set already; {@link System#getenv} does not change. */
  void setDefault(String variable, String value) {
    try (Arena arena = Arena.ofConfined()) {
      int status = (int) setenv.invokeExact(arena.allocateFrom(variable), arena.allocateFrom(value), 0);
      if (status != 0) {
        throw new IllegalStateException("setenv " + variable + ": " + status);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
