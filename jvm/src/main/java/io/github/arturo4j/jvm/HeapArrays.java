// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * The Java arrays behind TornadoVM's array types, for tasks of the JVM device that call a library. TornadoVM's API has
 * no such access, so the array types lend it to this class alone.
 */
public final class HeapArrays {
  private record Access(Function<TornadoNativeArray, Object> backing, UnaryOperator<TornadoNativeArray> handOver) {}

  private static final Map<Class<?>, Access> TYPES = new ConcurrentHashMap<>();

  private HeapArrays() {}

  /**
   * Called by each array type when it is loaded.
   *
   * @param backing gives the Java array behind one
   * @param handOver makes an array with the memory of another, which has none from then on, and garbage in it
   */
  public static void register(
      Class<? extends TornadoNativeArray> type, Function<TornadoNativeArray, Object> backing,
      UnaryOperator<TornadoNativeArray> handOver) {
    TYPES.putIfAbsent(type, new Access(backing, handOver));
  }

  /** The array behind {@code array}, not a copy. */
  public static float[] of(FloatArray array) {
    return (float[]) any(array);
  }

  /** The array behind {@code array}, not a copy. */
  public static double[] of(DoubleArray array) {
    return (double[]) any(array);
  }

  /** The array behind {@code array}, not a copy. */
  public static int[] of(IntArray array) {
    return (int[]) any(array);
  }

  /** The array behind {@code array}, not a copy. */
  public static byte[] of(ByteArray array) {
    return (byte[]) any(array);
  }

  /** The elements of {@code array}, not a copy. */
  static MemorySegment segment(TornadoNativeArray array) {
    return switch (any(array)) {
      case float[] values -> MemorySegment.ofArray(values);
      case double[] values -> MemorySegment.ofArray(values);
      case int[] values -> MemorySegment.ofArray(values);
      case long[] values -> MemorySegment.ofArray(values);
      case byte[] values -> MemorySegment.ofArray(values);
      default -> throw new IllegalArgumentException("no memory for a " + array.getClass().getName());
    };
  }

  /** The primitive array behind {@code array}, not a copy. */
  static Object any(TornadoNativeArray array) {
    return TYPES.get(array.getClass()).backing().apply(array);
  }

  /** An array with the memory of one that the host neither reads nor writes any more, and garbage in it. */
  static TornadoNativeArray handOver(TornadoNativeArray array) {
    return TYPES.get(array.getClass()).handOver().apply(array);
  }
}
