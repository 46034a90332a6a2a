// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.types.arrays;

import io.github.arturo4j.jvm.HeapArrays;
import java.util.Arrays;

/** A one-dimensional array of longs, on the Java heap. A new one holds garbage, as TornadoVM's may. */
public final class LongArray extends TornadoNativeArray {
  private static final long GARBAGE = 0x7fbadbad7fbadbadL;

  static {
    HeapArrays.register(LongArray.class, array -> ((LongArray) array).values);
  }

  private final long[] values;

  /** An array of {@code numberOfElements} elements. */
  public LongArray(int numberOfElements) {
    this(new long[numberOfElements], true);
  }

  private LongArray(long[] values, boolean garbage) {
    this.values = values;
    if (garbage) {
      Arrays.fill(values, GARBAGE);
    }
  }

  /** An array with a copy of {@code values}. */
  public static LongArray fromArray(long[] values) {
    return new LongArray(values.clone(), false);
  }

  /** An array of the given elements. */
  public static LongArray fromElements(long... values) {
    return new LongArray(values.clone(), false);
  }

  /** Sets every element. */
  public static void initialize(LongArray array, long value) {
    Arrays.fill(array.values, value);
  }

  /** The element at {@code index}. */
  public long get(int index) {
    return values[index];
  }

  /** Sets the element at {@code index}. */
  public void set(int index, long value) {
    values[index] = value;
  }

  /** Sets every element. */
  public void init(long value) {
    Arrays.fill(values, value);
  }

  /** Sets every element to 0. */
  public void clear() {
    Arrays.fill(values, (long) 0);
  }

  /** A copy of the elements. */
  public long[] toHeapArray() {
    return values.clone();
  }

  @Override
  public int getSize() {
    return values.length;
  }

  @Override
  public int getElementSize() {
    return Long.BYTES;
  }
}
