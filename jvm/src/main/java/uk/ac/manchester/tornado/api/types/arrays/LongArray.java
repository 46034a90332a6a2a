// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.types.arrays;

import io.github.arturo4j.jvm.HeapArrays;
import java.util.Arrays;

/**
 * A one-dimensional array of longs, on the Java heap. A new one holds garbage, as TornadoVM's may. One that no graph transfers is on the
 * device only once a task has used it: it has no elements here any more.
 */
public final class LongArray extends TornadoNativeArray {
  private static final long GARBAGE = 0x7fbadbad7fbadbadL;

  static {
    HeapArrays.register(LongArray.class, array -> ((LongArray) array).all(), array -> ((LongArray) array).handOver());
  }

  private final int size;
  private long[] values;

  /** An array of {@code numberOfElements} elements. */
  public LongArray(int numberOfElements) {
    this(new long[numberOfElements], true);
  }

  private LongArray(long[] values, boolean garbage) {
    this.values = values;
    size = values.length;
    if (garbage) {
      Arrays.fill(values, GARBAGE);
    }
  }

  /** A new array with the memory of this one, which has none from now on, and garbage in it. */
  private LongArray handOver() {
    LongArray other = values.length == size ? new LongArray(values, true) : new LongArray(size);
    values = new long[0];
    return other;
  }

  private long[] all() {
    if (values.length != size) {
      throw new IllegalStateException("this LongArray is on the device only: no graph transfers it");
    }
    return values;
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
    Arrays.fill(array.all(), value);
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
    Arrays.fill(all(), value);
  }

  /** Sets every element to 0. */
  public void clear() {
    Arrays.fill(all(), (long) 0);
  }

  /** A copy of the elements. */
  public long[] toHeapArray() {
    return all().clone();
  }

  @Override
  public int getSize() {
    return size;
  }

  @Override
  public int getElementSize() {
    return Long.BYTES;
  }
}
