// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.types.arrays;

import io.github.arturo4j.jvm.HeapArrays;
import java.util.Arrays;

/** A one-dimensional array of ints, on the Java heap. A new one holds garbage, as TornadoVM's may. */
public final class IntArray extends TornadoNativeArray {
  private static final int GARBAGE = 0x7fbadbad;

  static {
    HeapArrays.register(IntArray.class, array -> ((IntArray) array).values);
  }

  private final int[] values;

  /** An array of {@code numberOfElements} elements. */
  public IntArray(int numberOfElements) {
    this(new int[numberOfElements], true);
  }

  private IntArray(int[] values, boolean garbage) {
    this.values = values;
    if (garbage) {
      Arrays.fill(values, GARBAGE);
    }
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
    Arrays.fill(array.values, value);
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
    Arrays.fill(values, value);
  }

  /** Sets every element to 0. */
  public void clear() {
    Arrays.fill(values, 0);
  }

  /** A copy of the elements. */
  public int[] toHeapArray() {
    return values.clone();
  }

  @Override
  public int getSize() {
    return values.length;
  }

  @Override
  public int getElementSize() {
    return Integer.BYTES;
  }
}
