// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.types.arrays;

import io.github.arturo4j.jvm.HeapArrays;
import java.util.Arrays;

/**
 * A one-dimensional array of doubles, on the Java heap. A new one holds garbage, as TornadoVM's may. One that no graph transfers is on the
 * device only once a task has used it: it has no elements here any more.
 */
public final class DoubleArray extends TornadoNativeArray {
  private static final double GARBAGE = Double.NaN;

  static {
    HeapArrays.register(DoubleArray.class, array -> ((DoubleArray) array).all(), array -> ((DoubleArray) array).handOver());
  }

  private final int size;
  private double[] values;

  /** An array of {@code numberOfElements} elements. */
  public DoubleArray(int numberOfElements) {
    this(new double[numberOfElements], true);
  }

  private DoubleArray(double[] values, boolean garbage) {
    this.values = values;
    size = values.length;
    if (garbage) {
      Arrays.fill(values, GARBAGE);
    }
  }

  /** A new array with the memory of this one, which has none from now on, and garbage in it. */
  private DoubleArray handOver() {
    DoubleArray other = values.length == size ? new DoubleArray(values, true) : new DoubleArray(size);
    values = new double[0];
    return other;
  }

  private double[] all() {
    if (values.length != size) {
      throw new IllegalStateException("this DoubleArray is on the device only: no graph transfers it");
    }
    return values;
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
    Arrays.fill(array.all(), value);
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
    Arrays.fill(all(), value);
  }

  /** Sets every element to 0. */
  public void clear() {
    Arrays.fill(all(), (double) 0);
  }

  /** A copy of the elements. */
  public double[] toHeapArray() {
    return all().clone();
  }

  @Override
  public int getSize() {
    return size;
  }

  @Override
  public int getElementSize() {
    return Double.BYTES;
  }
}
