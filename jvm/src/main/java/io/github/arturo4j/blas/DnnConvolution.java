// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.blas;

import java.io.FileNotFoundException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A convolution of NCHW images by oneDNN, prepared for one shape and one direction, on one thread: load what it reads,
 * compute, store what it writes. The library has its own layouts, and no access to Java arrays for longer than a call;
 * tensors therefore pass through memory of the thread, which all its convolutions share. Load, compute and store a
 * convolution before the thread loads another.
 */
public final class DnnConvolution {
  private static final Logger LOG = LoggerFactory.getLogger(DnnConvolution.class);
  private static final boolean AVAILABLE = load();
  private static final ThreadLocal<Map<Shape, DnnConvolution>> PREPARED = ThreadLocal.withInitial(HashMap::new);
  private static final ThreadLocal<MemorySegment[]> BUFFERS =
      ThreadLocal.withInitial(() -> new MemorySegment[2 * Tensor.values().length]);

  /** What is computed. */
  public enum Direction {
    /** The output, from input and weights. */
    FORWARD,
    /** The gradient with respect to the input, from that of the output, and the weights. */
    BACKWARD_INPUT,
    /** The gradients with respect to weights and, if there is one, bias, from the input and the output's gradient. */
    BACKWARD_WEIGHTS
  }

  /** The tensors of a convolution, or the gradients with respect to them. */
  public enum Tensor {
    /** [images, inChannels, inHeight, inWidth]. */
    INPUT,
    /** [outChannels, inChannels, kernel, kernel]. */
    WEIGHTS,
    /** [images, outChannels, outHeight, outWidth]. */
    OUTPUT,
    /** [outChannels]. */
    BIAS
  }

  /**
   * What is prepared.
   *
   * @param bias whether {@link Direction#BACKWARD_WEIGHTS} computes the bias' gradient, too
   */
  public record Shape(
      Direction direction, int images, int inChannels, int inHeight, int inWidth, int outChannels, int kernel,
      int stride, int padding, boolean bias) {
    private int out(int in) {
      return (in + 2 * padding - kernel) / stride + 1;
    }
  }

  /** A tensor in both layouts. */
  private record Place(
      Tensor tensor, int rows, int rowLength, MemorySegment plain, long plainBytes, MemorySegment own, long ownBytes,
      MemorySegment reorder, MemorySegment reorderArguments) {}

  private final Map<Tensor, Place> places = new EnumMap<>(Tensor.class);
  private final MemorySegment stream = OneDnn.stream();
  private final MemorySegment primitive;
  private final MemorySegment arguments;

  private static boolean load() {
    try {
      OneDnn.useThisThreadOnly();
      return true;
    } catch (Exception | LinkageError e) {
      Throwable reason = e;
      while (reason.getCause() != null) {
        reason = reason.getCause();
      }
      LOG.atLevel(reason instanceof FileNotFoundException ? Level.INFO : Level.WARN).log(
          "Convolutions are computed by matrix products, about half as fast as by oneDNN, which does not load: {}",
          reason.getMessage());
      return false;
    }
  }

  /** Whether oneDNN is there. */
  public static boolean available() {
    return AVAILABLE;
  }

  /** The calling thread's convolution of that shape; prepared, which takes milliseconds, when it is first asked for. */
  public static DnnConvolution of(Shape shape) {
    return PREPARED.get().computeIfAbsent(shape, DnnConvolution::new);
  }

  private DnnConvolution(Shape s) {
    OneDnn.useThisThreadOnly();
    int[] inputs = {s.images, s.inChannels, s.inHeight, s.inWidth};
    int[] weights = {s.outChannels, s.inChannels, s.kernel, s.kernel};
    int[] outputs = {s.images, s.outChannels, s.out(s.inHeight), s.out(s.inWidth)};
    MemorySegment x = OneDnn.tensor(OneDnn.ANY, inputs);
    MemorySegment w = OneDnn.tensor(OneDnn.ANY, weights);
    MemorySegment y = OneDnn.tensor(OneDnn.ANY, outputs);
    MemorySegment b = s.bias ? OneDnn.tensor(OneDnn.A, s.outChannels) : MemorySegment.NULL;
    OneDnn.Geometry geometry =
        new OneDnn.Geometry(
            OneDnn.longs(s.stride, s.stride), OneDnn.longs(0, 0), OneDnn.longs(s.padding, s.padding));
    MemorySegment forward = OneDnn.forward(x, w, y, geometry);
    MemorySegment description =
        switch (s.direction) {
          case FORWARD -> forward;
          case BACKWARD_INPUT -> OneDnn.backwardInput(x, w, y, geometry, forward);
          case BACKWARD_WEIGHTS -> OneDnn.backwardWeights(x, w, b, y, geometry, forward);
        };
    primitive = OneDnn.primitive(description);
    List<Tensor> used =
        s.bias ? List.of(Tensor.values()) : List.of(Tensor.INPUT, Tensor.WEIGHTS, Tensor.OUTPUT);
    int[] numbers = used.stream().mapToInt(t -> number(s.direction, t)).toArray();
    MemorySegment[] memories = new MemorySegment[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      Tensor tensor = used.get(i);
      int[] sizes =
          switch (tensor) {
            case INPUT -> inputs;
            case WEIGHTS -> weights;
            case OUTPUT -> outputs;
            case BIAS -> new int[] {s.outChannels};
          };
      Place place = place(s.direction, tensor, OneDnn.argument(description, numbers[i]), sizes);
      places.put(tensor, place);
      memories[i] = place.own == null ? place.plain : place.own;
    }
    arguments = OneDnn.arguments(numbers, memories);
    Reference.reachabilityFence(description); // its arguments' descriptions are parts of it
  }

  /** The library's number of an argument. */
  private static int number(Direction direction, Tensor tensor) {
    return switch (tensor) {
      case INPUT -> direction == Direction.BACKWARD_INPUT ? 129 : 1;
      case WEIGHTS -> direction == Direction.BACKWARD_WEIGHTS ? 161 : 33;
      case OUTPUT -> direction == Direction.FORWARD ? 17 : 145;
      case BIAS -> 169;
    };
  }

  private static Tensor result(Direction direction) {
    return switch (direction) {
      case FORWARD -> Tensor.OUTPUT;
      case BACKWARD_INPUT -> Tensor.INPUT;
      case BACKWARD_WEIGHTS -> Tensor.WEIGHTS;
    };
  }

  private static Place place(Direction direction, Tensor tensor, MemorySegment chosen, int... sizes) {
    MemorySegment plain = OneDnn.tensor(tensor == Tensor.BIAS ? OneDnn.A : OneDnn.ABCD, sizes);
    MemorySegment plainMemory = OneDnn.memory(plain);
    int size = java.util.Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    int rows = tensor == Tensor.BIAS ? 1 : sizes[0];
    long plainBytes = OneDnn.bytes(plain);
    if (OneDnn.equal(plain, chosen)) {
      return new Place(tensor, rows, size / rows, plainMemory, plainBytes, null, 0, null, null);
    }
    MemorySegment own = OneDnn.memory(chosen);
    boolean loaded = tensor != result(direction);
    return new Place(
        tensor, rows, size / rows, plainMemory, plainBytes, own, OneDnn.bytes(chosen),
        loaded ? OneDnn.reorder(plain, chosen) : OneDnn.reorder(chosen, plain),
        OneDnn.arguments(new int[] {1, 17}, loaded ? plainMemory : own, loaded ? own : plainMemory));
  }

  /**
   * Takes a tensor that the convolution reads from an array: its first dimension from {@code offset} on, elements
   * {@code distance} apart. It is kept until another tensor of that name is loaded on this thread.
   */
  public void load(Tensor tensor, float[] from, int offset, int distance) {
    Place place = places.get(tensor);
    MemorySegment plain = prepare(place);
    for (int row = 0; row < place.rows; row++) {
      MemorySegment.copy(
          from, offset + row * distance, plain, ValueLayout.JAVA_FLOAT, 4L * row * place.rowLength, place.rowLength);
    }
    if (place.own != null) {
      OneDnn.execute(place.reorder, stream, place.reorderArguments);
    }
  }

  /** Convolves what has been loaded. */
  public void compute() {
    places.values().forEach(DnnConvolution::prepare);
    OneDnn.execute(primitive, stream, arguments);
  }

  /** Copies a tensor that the convolution has computed to an array, as {@link #load} takes one. */
  public void store(Tensor tensor, float[] to, int offset, int distance) {
    Place place = places.get(tensor);
    MemorySegment plain = prepare(place);
    if (place.own != null) {
      OneDnn.execute(place.reorder, stream, place.reorderArguments);
    }
    for (int row = 0; row < place.rows; row++) {
      MemorySegment.copy(
          plain, ValueLayout.JAVA_FLOAT, 4L * row * place.rowLength, to, offset + row * distance, place.rowLength);
    }
  }

  /** Puts a tensor into the thread's memory; where it is in Java's layout. */
  private static MemorySegment prepare(Place place) {
    MemorySegment plain = buffer(2 * place.tensor.ordinal(), place.plainBytes);
    OneDnn.place(place.plain, plain);
    if (place.own != null) {
      OneDnn.place(place.own, buffer(2 * place.tensor.ordinal() + 1, place.ownBytes));
    }
    return plain;
  }

  private static MemorySegment buffer(int number, long bytes) {
    MemorySegment[] buffers = BUFFERS.get();
    if (buffers[number] == null || buffers[number].byteSize() < bytes) {
      buffers[number] = Arena.ofAuto().allocate(bytes, 64);
    }
    return buffers[number];
  }
}
