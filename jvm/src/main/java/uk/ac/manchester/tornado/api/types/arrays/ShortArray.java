// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.types.arrays;

import io.github.arturo4j.jvm.HeapArrays;
import java.util.Arrays;

/** A one-dimensional array of shorts, on the Java heap. A new one holds garbage, as TornadoVM's may. */
public final class ShortArray extends TornadoNativeArray {
  private static final short GARBAGE = (short) 0x5a5a;

  static {
    HeapArrays.register(ShortArray.class, array -> ((ShortArray) array).values);
  }

  private final short[] values;

  /** An array of {@code numberOfElements} elements. */
  public ShortArray(int numberOfElements) {
    this(new short[numberOfElements], true);
  }

  private ShortArray(short[] values, boolean garbage) {
    this.values = values;
    if (garbage) {
      Arrays.fill(values, GARBAGE);
    }
  }

  /** An array with a copy of {@code values}. */
  public static ShortArray fromArray(short[] values) {
    return new ShortArray(values.clone(), false);
  }

  /** An array of the given elements. */
  public static ShortArray fromElements(short... values) {
    return new ShortArray(values.clone(), false);
  }

  /** Sets every element. */
  public static void initialize(ShortArray array, short value) {
    Arrays.fill(array.values, value);
  }

  /** The element at {@code index}. */
  public short get(int index) {
    return values[index];
  }

  /** Sets the element at {@code index}. */
  public void set(int index, short value) {
    values[index] = value;
  }

  /** Sets every element. */
  public void init(short value) {
    Arrays.fill(values, value);
  }

  /** Sets every element to 0. */
  public void clear() {
    Arrays.fill(values, (short) 0);
  }

  /** A copy of the elements. */
  public short[] toHeapArray() {
    return values.clone();
  }

  @Override
  public int getSize() {
    return values.length;
  }

  @Override
  public int getElementSize() {
    return 2;
  }

  @Override
  public long getNumBytesOfSegment() {
    return (long) values.length * 2;
  }

  @Override
  public long getNumBytesOfSegmentWithHeader() {
    return getNumBytesOfSegment() + ARRAY_HEADER;
  }
}
