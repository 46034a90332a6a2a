// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import static io.github.arturo4j.kernels.libraries.Functions.INT;
import static io.github.arturo4j.kernels.libraries.Functions.LONG;
import static io.github.arturo4j.kernels.libraries.Functions.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** What of cuDNN's legacy interface (cudnn_ops.h and cudnn_cnn.h; in version 8, cudnn_ops_infer.h and its like) convolutions need. */
final class Cudnn {
  private static final String NAME = "cuDNN";

  /** cudnnDataType_t: CUDNN_DATA_FLOAT. */
  private static final int DATA_FLOAT = 0;

  /** cudnnTensorFormat_t: CUDNN_TENSOR_NCHW. */
  private static final int NCHW = 0;

  /** cudnnConvolutionMode_t: CUDNN_CROSS_CORRELATION, which turns no kernel round. */
  private static final int CROSS_CORRELATION = 1;

  private static final MemorySegment ONE = Arena.global().allocateFrom(ValueLayout.JAVA_FLOAT, 1f);
  private static final MemorySegment ZERO = Arena.global().allocateFrom(ValueLayout.JAVA_FLOAT, 0f);

  private final Functions functions;
  private final MethodHandle create;
  private final MethodHandle destroy;
  private final MethodHandle setStream;
  private final MethodHandle createTensor;
  private final MethodHandle setTensor;
  private final MethodHandle destroyTensor;
  private final MethodHandle createFilter;
  private final MethodHandle setFilter;
  private final MethodHandle destroyFilter;
  private final MethodHandle createConvolution;
  private final MethodHandle setConvolution;
  private final MethodHandle setMathType;
  private final MethodHandle destroyConvolution;
  private final MethodHandle forward;
  private final MethodHandle backwardData;
  private final MethodHandle backwardFilter;
  private final MethodHandle backwardBias;
  private final MethodHandle property;
  private final MethodHandle errorText;

  /** How the algorithms of each direction are found, and what workspace they take. */
  private final MethodHandle[] algorithms;

  private final MethodHandle[] workspaces;

  /** Those of the library that has these symbols. */
  Cudnn(SymbolLookup symbols) {
    functions = new Functions(NAME, symbols);
    create = functions.find("cudnnCreate", POINTER);
    destroy = functions.find("cudnnDestroy", POINTER);
    setStream = functions.find("cudnnSetStream", POINTER, POINTER);
    createTensor = functions.find("cudnnCreateTensorDescriptor", POINTER);
    setTensor = functions.find("cudnnSetTensor4dDescriptor", POINTER, INT, INT, INT, INT, INT, INT);
    destroyTensor = functions.find("cudnnDestroyTensorDescriptor", POINTER);
    createFilter = functions.find("cudnnCreateFilterDescriptor", POINTER);
    setFilter = functions.find("cudnnSetFilter4dDescriptor", POINTER, INT, INT, INT, INT, INT, INT);
    destroyFilter = functions.find("cudnnDestroyFilterDescriptor", POINTER);
    createConvolution = functions.find("cudnnCreateConvolutionDescriptor", POINTER);
    setConvolution =
        functions.find("cudnnSetConvolution2dDescriptor", POINTER, INT, INT, INT, INT, INT, INT, INT, INT);
    setMathType = functions.find("cudnnSetConvolutionMathType", POINTER, INT);
    destroyConvolution = functions.find("cudnnDestroyConvolutionDescriptor", POINTER);
    forward = convolution("cudnnConvolutionForward");
    backwardData = convolution("cudnnConvolutionBackwardData");
    backwardFilter = convolution("cudnnConvolutionBackwardFilter");
    backwardBias =
        functions.find("cudnnConvolutionBackwardBias", POINTER, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER);
    property = functions.find("cudnnGetProperty", INT, POINTER);
    errorText = functions.text("cudnnGetErrorString");
    Convolution.Direction[] directions = Convolution.Direction.values();
    algorithms = new MethodHandle[directions.length];
    workspaces = new MethodHandle[directions.length];
    for (Convolution.Direction direction : directions) {
      String name = "cudnnGetConvolution" + word(direction);
      algorithms[direction.ordinal()] =
          functions.find(name + "Algorithm_v7", POINTER, POINTER, POINTER, POINTER, POINTER, INT, POINTER, POINTER);
      workspaces[direction.ordinal()] =
          functions.find(name + "WorkspaceSize", POINTER, POINTER, POINTER, POINTER, POINTER, INT, POINTER);
    }
  }

  private MethodHandle convolution(String name) {
    return functions.find(
        name, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER, INT, POINTER, LONG, POINTER, POINTER, POINTER);
  }

  private static String word(Convolution.Direction direction) {
    return switch (direction) {
      case FORWARD -> "Forward";
      case BACKWARD_INPUT -> "BackwardData";
      case BACKWARD_WEIGHTS -> "BackwardFilter";
    };
  }

  /** Name and version, for people. */
  String version() {
    return NAME + " "
        + Versions.of((type, value) -> check("cudnnGetProperty", "its version", () -> (int) property.invokeExact(type, value)));
  }

  /** A new handle whose calls go to a stream. */
  MemorySegment create(MemorySegment stream) {
    MemorySegment handle = created("cudnnCreate", "a plan", result -> (int) create.invokeExact(result));
    check("cudnnSetStream", "a plan", () -> (int) setStream.invokeExact(handle, stream));
    return handle;
  }

  /** Ends a handle. */
  void destroy(MemorySegment handle) {
    check("cudnnDestroy", "a plan", () -> (int) destroy.invokeExact(handle));
  }

  /** A description of floats, [n, c, h, w]. */
  MemorySegment tensor(int n, int c, int h, int w) {
    String subject = "a tensor of " + n + "×" + c + "×" + h + "×" + w;
    MemorySegment tensor =
        created("cudnnCreateTensorDescriptor", subject, result -> (int) createTensor.invokeExact(result));
    check(
        "cudnnSetTensor4dDescriptor", subject, () -> (int) setTensor.invokeExact(tensor, NCHW, DATA_FLOAT, n, c, h, w));
    return tensor;
  }

  /** Ends a description of floats. */
  void destroyTensor(MemorySegment tensor) {
    check("cudnnDestroyTensorDescriptor", "a tensor", () -> (int) destroyTensor.invokeExact(tensor));
  }

  /** A description of weights. */
  MemorySegment filter(Convolution c) {
    MemorySegment filter = created("cudnnCreateFilterDescriptor", c, result -> (int) createFilter.invokeExact(result));
    check(
        "cudnnSetFilter4dDescriptor", c,
        () -> (int) setFilter.invokeExact(filter, DATA_FLOAT, NCHW, c.outChannels(), c.inChannels(), c.kernel(), c.kernel()));
    return filter;
  }

  /** Ends a description of weights. */
  void destroyFilter(MemorySegment filter) {
    check("cudnnDestroyFilterDescriptor", "weights", () -> (int) destroyFilter.invokeExact(filter));
  }

  /** A description of where the kernel stands. */
  MemorySegment convolution(Convolution c, int mathType) {
    int dilation = 1;
    MemorySegment created =
        created("cudnnCreateConvolutionDescriptor", c, result -> (int) createConvolution.invokeExact(result));
    check(
        "cudnnSetConvolution2dDescriptor", c,
        () ->
            (int)
                setConvolution.invokeExact(
                    created, c.padding(), c.padding(), c.stride(), c.stride(), dilation, dilation, CROSS_CORRELATION, DATA_FLOAT));
    setMathType(created, mathType, c);
    return created;
  }

  /** Says how exactly a description of where the kernel stands is to be computed: a cudnnMathType_t. */
  void setMathType(MemorySegment convolution, int mathType, Convolution subject) {
    check("cudnnSetConvolutionMathType", subject, () -> (int) setMathType.invokeExact(convolution, mathType));
  }

  /** Ends a description of where the kernel stands. */
  void destroyConvolution(MemorySegment convolution) {
    check("cudnnDestroyConvolutionDescriptor", "a convolution", () -> (int) destroyConvolution.invokeExact(convolution));
  }

  /**
   * What a direction's functions are given first: the description of what is read first, of what is read next, of the convolution, and of
   * what is written.
   */
  record Descriptors(MemorySegment first, MemorySegment second, MemorySegment convolution, MemorySegment result) {}

  /**
   * Has the fastest algorithms written down, best first, as the library guesses.
   *
   * @param most that are wanted
   * @param results room for so many {@link Algorithm}s
   * @return how many there are
   */
  int algorithms(MemorySegment handle, Descriptors d, int most, MemorySegment results, Convolution subject) {
    MethodHandle function = algorithms[subject.direction().ordinal()];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(INT);
      check(
          "cudnnGetConvolution" + word(subject.direction()) + "Algorithm_v7", subject,
          () -> (int) function.invokeExact(handle, d.first, d.second, d.convolution, d.result, most, count, results));
      return count.get(INT, 0);
    }
  }

  /** Bytes of workspace that an algorithm takes. */
  long workspace(MemorySegment handle, Descriptors d, int algorithm, Convolution subject) {
    MethodHandle function = workspaces[subject.direction().ordinal()];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(LONG);
      check(
          "cudnnGetConvolution" + word(subject.direction()) + "WorkspaceSize", subject,
          () -> (int) function.invokeExact(handle, d.first, d.second, d.convolution, d.result, algorithm, bytes));
      return bytes.get(LONG, 0);
    }
  }

  /**
   * Computes a direction.
   *
   * @param first address of what is read first: of the input, or for {@code BACKWARD_INPUT} of the weights
   * @param second address of what is read next: of the weights, or else of the output's gradient
   * @param workspace address, of so many bytes
   * @param to address of the result
   */
  void compute(
      MemorySegment handle, Descriptors d, long first, long second, int algorithm, long workspace, long bytes, long to,
      Convolution subject) {
    MethodHandle function =
        switch (subject.direction()) {
          case FORWARD -> forward;
          case BACKWARD_INPUT -> backwardData;
          case BACKWARD_WEIGHTS -> backwardFilter;
        };
    MemorySegment a = MemorySegment.ofAddress(first);
    MemorySegment b = MemorySegment.ofAddress(second);
    MemorySegment work = MemorySegment.ofAddress(workspace);
    MemorySegment result = MemorySegment.ofAddress(to);
    check(
        "cudnnConvolution" + word(subject.direction()), subject,
        () ->
            (int)
                function.invokeExact(
                    handle, ONE, d.first, a, d.second, b, d.convolution, algorithm, work, bytes, ZERO, d.result, result));
  }

  /** Sums what a tensor has in each channel. */
  void sumChannels(
      MemorySegment handle, MemorySegment tensor, long from, MemorySegment sums, long to, BiasGradient subject) {
    MemorySegment values = MemorySegment.ofAddress(from);
    MemorySegment result = MemorySegment.ofAddress(to);
    check(
        "cudnnConvolutionBackwardBias", subject,
        () -> (int) backwardBias.invokeExact(handle, ONE, tensor, values, ZERO, sums, result));
  }

  /** A call that creates something, and puts it where its argument points to; the status. */
  private interface Creation {
    int at(MemorySegment result) throws Throwable;
  }

  private MemorySegment created(String function, Object subject, Creation creation) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(POINTER);
      check(function, subject, () -> creation.at(result));
      return result.get(ValueLayout.ADDRESS, 0);
    }
  }

  private void check(String function, Object subject, Functions.Call call) {
    functions.check(function, errorText, subject, call);
  }
}
