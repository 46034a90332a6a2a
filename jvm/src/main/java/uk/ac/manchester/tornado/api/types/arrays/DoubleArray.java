// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.types.arrays;

import io.github.arturo4j.jvm.HeapArrays;
import java.util.Arrays;

/** A one-dimensional array of doubles, on the Java heap. A new one holds garbage, as TornadoVM's may. */
public final class DoubleArray extends TornadoNativeArray {
  private static final double GARBAGE = Double.NaN;

  static {
    HeapArrays.register(DoubleArray.class, array -> ((DoubleArray) array).values);
  }

  private final double[] values;

  /** An array of {@code numberOfElements} elements. */
  public DoubleArray(int numberOfElements) {
    this(new double[numberOfElements], true);
  }

  private DoubleArray(double[] values, boolean garbage) {
    this.values = values;
    if (garbage) {
      Arrays.fill(values, GARBAGE);
    }
  }

  /** An array with a copy of {@code values}. */
  public static DoubleArray fromArray(double[] values) {
    return new DoubleArray(values.clone(), false);
  }

  /** An array of the given elements. */
  public static DoubleArray fromElements(double... values) {
    return new DoubleArray(values.clone(), false);
  }

  /** Sets every element. */
  public static void initialize(DoubleArray array, double value) {
    Arrays.fill(array.values, value);
  }

  /** The element at {@code index}. */
  public double get(int index) {
    return values[index];
  }

  /** Sets the element at {@code index}. */
  public void set(int index, double value) {
    values[index] = value;
  }

  /** Sets every element. */
  public void init(double value) {
    Arrays.fill(values, value);
  }

  /** Sets every element to 0. */
  public void clear() {
    Arrays.fill(values, (double) 0);
  }

  /** A copy of the elements. */
  public double[] toHeapArray() {
    return values.clone();
  }

  @Override
  public int getSize() {
    return values.length;
  }

  @Override
  public int getElementSize() {
    return Double.BYTES;
  }
}
