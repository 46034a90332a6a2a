// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.types.arrays;

import io.github.arturo4j.jvm.HeapArrays;
import java.util.Arrays;

/**
 * A one-dimensional array of ints, on the Java heap. A new one holds garbage, as TornadoVM's may. One that no graph transfers is on the
 * device only once a task has used it: it has no elements here any more.
 */
public final class IntArray extends TornadoNativeArray {
  private static final int GARBAGE = 0x7fbadbad;

  static {
    HeapArrays.register(IntArray.class, array -> ((IntArray) array).all(), array -> ((IntArray) array).handOver());
  }

  private final int size;
  private int[] values;

  /** An array of {@code numberOfElements} elements. */
  public IntArray(int numberOfElements) {
    this(new int[numberOfElements], true);
  }

  private IntArray(int[] values, boolean garbage) {
    this.values = values;
    size = values.length;
    if (garbage) {
      Arrays.fill(values, GARBAGE);
    }
  }

  /** A new array with the memory of this one, which has none from now on, and garbage in it. */
  private IntArray handOver() {
    IntArray other = values.length == size ? new IntArray(values, true) : new IntArray(size);
    values = new int[0];
    return other;
  }

  private int[] all() {
    if (values.length != size) {
      throw new IllegalStateException("this IntArray is on the device only: no graph transfers it");
    }
    return values;
  }

  /** An array with a copy of {@code values}. */
  public static IntArray fromArray(int[] values) {
    return new IntArray(values.clone(), false);
  }

  /** An array of the given elements. */
  public static IntArray fromElements(int... values) {
    return new IntArray(values.clone(), false);
  }

  /** Sets every element. */
  public static void initialize(IntArray array, int value) {
    Arrays.fill(array.all(), value);
  }

  /** The element at {@code index}. */
  public int get(int index) {
    return values[index];
  }

  /** Sets the element at {@code index}. */
  public void set(int index, int value) {
    values[index] = value;
  }

  /** Sets every element. */
  public void init(int value) {
    Arrays.fill(all(), value);
  }

  /** Sets every element to 0. */
  public void clear() {
    Arrays.fill(all(), 0);
  }

  /** A copy of the elements. */
  public int[] toHeapArray() {
    return all().clone();
  }

  @Override
  public int getSize() {
    return size;
  }

  @Override
  public int getElementSize() {
    return Integer.BYTES;
  }
}
