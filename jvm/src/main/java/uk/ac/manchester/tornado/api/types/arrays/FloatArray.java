// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.types.arrays;

import io.github.arturo4j.jvm.HeapArrays;
import java.util.Arrays;

/**
 * A one-dimensional array of floats, on the Java heap. A new one holds garbage, as TornadoVM's may. One that no graph transfers is on the
 * device only once a task has used it: it has no elements here any more.
 */
public final class FloatArray extends TornadoNativeArray {
  private static final float GARBAGE = Float.NaN;

  static {
    HeapArrays.register(FloatArray.class, array -> ((FloatArray) array).all(), array -> ((FloatArray) array).handOver());
  }

  private final int size;
  private float[] values;

  /** An array of {@code numberOfElements} elements. */
  public FloatArray(int numberOfElements) {
    this(new float[numberOfElements], true);
  }

  private FloatArray(float[] values, boolean garbage) {
    this.values = values;
    size = values.length;
    if (garbage) {
      Arrays.fill(values, GARBAGE);
    }
  }

  /** A new array with the memory of this one, which has none from now on, and garbage in it. */
  private FloatArray handOver() {
    FloatArray other = values.length == size ? new FloatArray(values, true) : new FloatArray(size);
    values = new float[0];
    return other;
  }

  private float[] all() {
    if (values.length != size) {
      throw new IllegalStateException("this FloatArray is on the device only: no graph transfers it");
    }
    return values;
  }

  /** An array with a copy of {@code values}. */
  public static FloatArray fromArray(float[] values) {
    return new FloatArray(values.clone(), false);
  }

  /** An array of the given elements. */
  public static FloatArray fromElements(float... values) {
    return new FloatArray(values.clone(), false);
  }

  /** Sets every element. */
  public static void initialize(FloatArray array, float value) {
    Arrays.fill(array.all(), value);
  }

  /** The element at {@code index}. */
  public float get(int index) {
    return values[index];
  }

  /** Sets the element at {@code index}. */
  public void set(int index, float value) {
    values[index] = value;
  }

  /** Sets every element. */
  public void init(float value) {
    Arrays.fill(all(), value);
  }

  /** Sets every element to 0. */
  public void clear() {
    Arrays.fill(all(), (float) 0);
  }

  /** A copy of the elements. */
  public float[] toHeapArray() {
    return all().clone();
  }

  @Override
  public int getSize() {
    return size;
  }

  @Override
  public int getElementSize() {
    return Float.BYTES;
  }
}
