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
 *
 * <p>Handles are constants and called exactly: a call with arguments in an array has the JDK make classes for each signature,
 * which takes milliseconds.
 */
final class OneDnn {
  private static final int CPU = 1;
  private static final int IN_ORDER = 1;
  private static final int FLOAT32 = 3;
  private static final int ARGUMENT_DESCRIPTION = 255;
  private static final int TRAINING = 64;
  private static final int DIRECT = 1;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final ValueLayout POINTER = ValueLayout.ADDRESS;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup OPEN_MP = load("libgomp.so.1"); // before what asks for it by name
  private static final SymbolLookup LIBRARY = load("libdnnl.so.3");

  private static final MethodHandle SET_THREADS =
      LINKER.downcallHandle(OPEN_MP.findOrThrow("omp_set_num_threads"), FunctionDescriptor.ofVoid(INT));
  private static final MethodHandle ENGINE_CREATE = function("engine_create", INT, POINTER, INT, LONG);
  private static final MethodHandle STREAM_CREATE = function("stream_create", INT, POINTER, POINTER, INT);
  private static final MethodHandle TENSOR_CREATE =
      function("memory_desc_create_with_tag", INT, POINTER, INT, POINTER, INT, INT);
  private static final MethodHandle TENSOR_BYTES = function("memory_desc_get_size", LONG, POINTER);
  private static final MethodHandle TENSORS_EQUAL = function("memory_desc_equal", INT, POINTER, POINTER);
  private static final MethodHandle MEMORY_CREATE = function("memory_create", INT, POINTER, POINTER, POINTER, POINTER);
  private static final MethodHandle MEMORY_PLACE = function("memory_set_data_handle", INT, POINTER, POINTER);
  private static final MethodHandle ARGUMENT = function("primitive_desc_query_md", POINTER, POINTER, INT, INT);
  private static final MethodHandle REORDER =
      function("reorder_primitive_desc_create", INT, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER);
  private static final MethodHandle FORWARD =
      function(
          "convolution_forward_primitive_desc_create", INT, POINTER, POINTER, INT, INT, POINTER, POINTER, POINTER, POINTER,
          POINTER, POINTER, POINTER, POINTER, POINTER);
  private static final MethodHandle BACKWARD_INPUT =
      function(
          "convolution_backward_data_primitive_desc_create", INT, POINTER, POINTER, INT, POINTER, POINTER, POINTER, POINTER,
          POINTER, POINTER, POINTER, POINTER, POINTER);
  private static final MethodHandle BACKWARD_WEIGHTS =
      function(
          "convolution_backward_weights_primitive_desc_create", INT, POINTER, POINTER, INT, POINTER, POINTER, POINTER,
          POINTER, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER);
  private static final MethodHandle PRIMITIVE_CREATE = function("primitive_create", INT, POINTER, POINTER);
  private static final MethodHandle EXECUTE = function("primitive_execute", INT, POINTER, POINTER, INT, POINTER);

  /** What computes. */
  static final MemorySegment ENGINE = create("engine", result -> (int) ENGINE_CREATE.invokeExact(result, CPU, 0L));

  /** Any layout of a tensor: the library's choice. */
  static final int ANY = 1;

  /** The layout of a vector. */
  static final int A = 2;

  /** The layout of a tensor of four dimensions as in Java, row-major. */
  static final int ABCD = 5;

  private OneDnn() {}

  /** Where a convolution's filter stands: the distance of its places, twice; padding before and behind. */
  record Geometry(MemorySegment strides, MemorySegment dilation, MemorySegment padding) {}

  /** A call that creates something, and puts it where its first argument points to; the status. */
  private interface Creation {
    int at(MemorySegment result) throws Throwable;
  }

  /** A call. */
  private interface Call<T> {
    T get() throws Throwable;
  }

  private static SymbolLookup load(String library) {
    try {
      return NativeLibraries.load("dnnl", library);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(LIBRARY.findOrThrow("dnnl_" + name), FunctionDescriptor.of(result, arguments));
  }

  /** Makes the library use no other thread, when this one calls it. */
  static void useThisThreadOnly() {
    called(
        () -> {
          SET_THREADS.invokeExact(1);
          return null;
        });
  }

  /** A new stream of executions. */
  static MemorySegment stream() {
    return create("stream", result -> (int) STREAM_CREATE.invokeExact(result, ENGINE, IN_ORDER));
  }

  /** The description of a tensor of floats. */
  static MemorySegment tensor(int layout, int... sizes) {
    MemorySegment all = longs(sizes);
    return create(
        "memory_desc", result -> (int) TENSOR_CREATE.invokeExact(result, sizes.length, all, FLOAT32, layout));
  }

  /** Bytes of a tensor. */
  static long bytes(MemorySegment tensor) {
    return called(() -> (long) TENSOR_BYTES.invokeExact(tensor));
  }

  /** Whether two tensors have the same sizes and layout. */
  static boolean equal(MemorySegment tensor, MemorySegment other) {
    return called(() -> (int) TENSORS_EQUAL.invokeExact(tensor, other)) != 0;
  }

  /** The description of a primitive's argument, null if there is none; part of the primitive's description. */
  static MemorySegment argument(MemorySegment description, int argument) {
    return called(() -> (MemorySegment) ARGUMENT.invokeExact(description, ARGUMENT_DESCRIPTION, argument));
  }

  /** A tensor in memory that {@link #place} chooses. */
  static MemorySegment memory(MemorySegment tensor) {
    return create("memory", result -> (int) MEMORY_CREATE.invokeExact(result, tensor, ENGINE, MemorySegment.NULL));
  }

  /** What copies a tensor from one layout to another. */
  static MemorySegment reorder(MemorySegment from, MemorySegment to) {
    return primitive(
        description(
            result -> (int) REORDER.invokeExact(result, from, ENGINE, to, ENGINE, MemorySegment.NULL)));
  }

  /** The description of a convolution, whose bias, if any, is added elsewhere. */
  static MemorySegment forward(MemorySegment x, MemorySegment w, MemorySegment y, Geometry g) {
    MemorySegment no = MemorySegment.NULL;
    return description(
        result ->
            (int)
                FORWARD.invokeExact(
                    result, ENGINE, TRAINING, DIRECT, x, w, no, y, g.strides, g.dilation, g.padding, g.padding, no));
  }

  /** That of its gradient with respect to the input. */
  static MemorySegment backwardInput(
      MemorySegment x, MemorySegment w, MemorySegment y, Geometry g, MemorySegment forward) {
    return description(
        result ->
            (int)
                BACKWARD_INPUT.invokeExact(
                    result, ENGINE, DIRECT, x, w, y, g.strides, g.dilation, g.padding, g.padding, forward,
                    MemorySegment.NULL));
  }

  /** That of its gradients with respect to the weights and, if b is not null, the bias. */
  static MemorySegment backwardWeights(
      MemorySegment x, MemorySegment w, MemorySegment b, MemorySegment y, Geometry g, MemorySegment forward) {
    return description(
        result ->
            (int)
                BACKWARD_WEIGHTS.invokeExact(
                    result, ENGINE, DIRECT, x, w, b, y, g.strides, g.dilation, g.padding, g.padding, forward,
                    MemorySegment.NULL));
  }

  private static MemorySegment description(Creation creation) {
    return create("primitive_desc", creation);
  }

  /** What executes a description. */
  static MemorySegment primitive(MemorySegment description) {
    return create("primitive", result -> (int) PRIMITIVE_CREATE.invokeExact(result, description));
  }

  /** Sizes as the library takes them. */
  static MemorySegment longs(int... values) {
    return Arena.ofAuto().allocateFrom(LONG, Arrays.stream(values).asLongStream().toArray());
  }

  /** Says where a tensor is. */
  static void place(MemorySegment memory, MemorySegment at) {
    try {
      check("to place a tensor", (int) MEMORY_PLACE.invokeExact(memory, at));
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
      check(
          "to execute",
          (int) EXECUTE.invokeExact(primitive, stream, (int) (arguments.byteSize() / 16), arguments));
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** What a call creates; destroyed when nothing refers to it. */
  private static MemorySegment create(String kind, Creation creation) {
    MethodHandle destroy = function(kind + "_destroy", INT, POINTER);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
      check("to create a " + kind, called(() -> creation.at(result)));
      return result
          .get(ValueLayout.ADDRESS, 0)
          .reinterpret(Arena.ofAuto(), created -> called(() -> (int) destroy.invokeExact(created)));
    }
  }

  private static <T> T called(Call<T> call) {
    try {
      return call.get();
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  private static void check(String what, int status) {
    if (status != 0) {
      throw new IllegalStateException("oneDNN fails " + what + ": status " + status);
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
