// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a native library of an object: a C function of each of its public methods, which call back into Java. */
final class Upcalls {
  private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Upcalls() {}

  /**
   * The symbols of such a library.
   *
   * @param missing functions that it does not have
   */
  static SymbolLookup of(Object library, Set<String> missing) {
    Map<String, MemorySegment> functions = new HashMap<>();
    for (Method method : library.getClass().getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && !missing.contains(method.getName())) {
        functions.put(method.getName(), stub(library, method));
      }
    }
    return name -> Optional.ofNullable(functions.get(name));
  }

  private static MemorySegment stub(Object library, Method method) {
    try {
      MethodHandle handle = MethodHandles.lookup().unreflect(method).bindTo(library);
      MemoryLayout[] arguments = Arrays.stream(method.getParameterTypes()).map(Upcalls::layout).toArray(MemoryLayout[]::new);
      FunctionDescriptor type = FunctionDescriptor.of(layout(method.getReturnType()), arguments);
      return Linker.nativeLinker().upcallStub(handle, type, Arena.global());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MemoryLayout layout(Class<?> type) {
    if (type == int.class) {
      return ValueLayout.JAVA_INT;
    }
    return type == long.class ? ValueLayout.JAVA_LONG : ValueLayout.ADDRESS;
  }

  /** Native memory from there on. */
  static MemorySegment at(MemorySegment pointer) {
    return EVERYTHING.asSlice(pointer.address());
  }

  /** Native memory from there on. */
  static MemorySegment at(long address) {
    return EVERYTHING.asSlice(address);
  }

  static void set(MemorySegment place, int value) {
    at(place).set(ValueLayout.JAVA_INT, 0, value);
  }

  static void set(MemorySegment place, long value) {
    at(place).set(ValueLayout.JAVA_LONG, 0, value);
  }

  static float floatAt(MemorySegment pointer) {
    return at(pointer).get(ValueLayout.JAVA_FLOAT, 0);
  }

  static MemorySegment text(String words) {
    return Arena.global().allocateFrom(words);
  }
}
