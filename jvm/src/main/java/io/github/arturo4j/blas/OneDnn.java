// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.blas;

import io.github.arturo4j.natives.NativeLibraries;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * oneDNN's C interface, as far as convolutions need it. The library comes with its Maven artifact. It runs on the
 * calling thread alone.
 */
final class OneDnn {
  private static final int CPU = 1;
  private static final int IN_ORDER = 1;
  private static final int FLOAT32 = 3;
  private static final int ARGUMENT_DESCRIPTION = 255;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final ValueLayout POINTER = ValueLayout.ADDRESS;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY;
  private static final MethodHandle EXECUTE;
  private static final MethodHandle SET_HANDLE;
  private static final MethodHandle SET_THREADS;

  /** What computes. */
  static final MemorySegment ENGINE;

  /** Any layout of a tensor: the library's choice. */
  static final int ANY = 1;

  /** The layout of a vector. */
  static final int A = 2;

  /** The layout of a tensor of four dimensions as in Java, row-major. */
  static final int ABCD = 5;

  static {
    try {
      SymbolLookup openMp = NativeLibraries.load("dnnl", "libgomp.so.1");
      LIBRARY = NativeLibraries.load("dnnl", "libdnnl.so.3"); // asks for that one by name
      EXECUTE = LINKER.downcallHandle(find("primitive_execute"), FunctionDescriptor.of(INT, POINTER, POINTER, INT, POINTER));
      SET_HANDLE = LINKER.downcallHandle(find("memory_set_data_handle"), FunctionDescriptor.of(INT, POINTER, POINTER));
      SET_THREADS = LINKER.downcallHandle(openMp.findOrThrow("omp_set_num_threads"), FunctionDescriptor.ofVoid(INT));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    ENGINE = create("engine", "engine_create", CPU, 0L);
  }

  private OneDnn() {}

  private static MemorySegment find(String function) {
    return LIBRARY.findOrThrow("dnnl_" + function);
  }

  /** Makes the library use no other thread, when this one calls it. */
  static void useThisThreadOnly() {
    try {
      SET_THREADS.invokeExact(1);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** A new stream of executions. */
  static MemorySegment stream() {
    return create("stream", "stream_create", ENGINE, IN_ORDER);
  }

  /** The description of a tensor of floats. */
  static MemorySegment tensor(int layout, int... sizes) {
    return create("memory_desc", "memory_desc_create_with_tag", sizes.length, longs(sizes), FLOAT32, layout);
  }

  /** Bytes of a tensor. */
  static long bytes(MemorySegment tensor) {
    return (long) call("memory_desc_get_size", LONG, tensor);
  }

  /** Whether two tensors have the same sizes and layout. */
  static boolean equal(MemorySegment tensor, MemorySegment other) {
    return (int) call("memory_desc_equal", INT, tensor, other) != 0;
  }

  /** The description of a primitive's argument, null if there is none; part of the primitive's description. */
  static MemorySegment argument(MemorySegment description, int argument) {
    return (MemorySegment) call("primitive_desc_query_md", POINTER, description, ARGUMENT_DESCRIPTION, argument);
  }

  /** A tensor in memory that {@link #place} chooses. */
  static MemorySegment memory(MemorySegment tensor) {
    return create("memory", "memory_create", tensor, ENGINE, MemorySegment.NULL);
  }

  /** What copies a tensor from one layout to another. */
  static MemorySegment reorder(MemorySegment from, MemorySegment to) {
    return primitive(description("reorder", from, ENGINE, to, ENGINE, MemorySegment.NULL));
  }

  /** What executes a description. */
  static MemorySegment primitive(MemorySegment description) {
    return create("primitive", "primitive_create", description);
  }

  /** Sizes as the library takes them. */
  static MemorySegment longs(int... values) {
    return Arena.ofAuto().allocateFrom(LONG, Arrays.stream(values).asLongStream().toArray());
  }

  /** Says where a tensor is. */
  static void place(MemorySegment memory, MemorySegment at) {
    try {
      check("memory_set_data_handle", (int) SET_HANDLE.invokeExact(memory, at));
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** The arguments of an execution: numbers of the library's and the tensors in memory. */
  static MemorySegment arguments(int[] numbers, MemorySegment... memories) {
    MemorySegment arguments = Arena.ofAuto().allocate(16L * numbers.length, 8);
    for (int i = 0; i < numbers.length; i++) {
      arguments.set(INT, 16L * i, numbers[i]);
      arguments.set(ValueLayout.ADDRESS, 16L * i + 8, memories[i]);
    }
    return arguments;
  }

  /** Runs a primitive to its end. */
  static void execute(MemorySegment primitive, MemorySegment stream, MemorySegment arguments) {
    try {
      check("primitive_execute", (int) EXECUTE.invokeExact(primitive, stream, (int) (arguments.byteSize() / 16), arguments));
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** What a function creates, whose first argument says where to put it; destroyed when nothing refers to it. */
  private static MemorySegment create(String kind, String function, Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
      Object[] all = new Object[arguments.length + 1];
      all[0] = result;
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      check(function, (int) call(function, INT, all));
      return result
          .get(ValueLayout.ADDRESS, 0)
          .reinterpret(Arena.ofAuto(), created -> call(kind + "_destroy", INT, created));
    }
  }

  /** The description of a primitive. */
  static MemorySegment description(String kind, Object... arguments) {
    return create("primitive_desc", kind + "_primitive_desc_create", arguments);
  }

  private static Object call(String function, MemoryLayout result, Object... arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      layouts[i] = arguments[i] instanceof Integer ? INT : arguments[i] instanceof Long ? LONG : POINTER;
    }
    try {
      return LINKER.downcallHandle(find(function), FunctionDescriptor.of(result, layouts)).invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  private static void check(String function, int status) {
    if (status != 0) {
      throw new IllegalStateException("oneDNN's dnnl_" + function + " fails with status " + status);
    }
  }

  private static RuntimeException failure(Throwable e) {
    return switch (e) {
      case Error error -> throw error;
      case RuntimeException exception -> exception;
      default -> new IllegalStateException(e);
    };
  }
}
