// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.types.arrays;

import io.github.arturo4j.jvm.HeapArrays;
import java.util.Arrays;

/**
 * A one-dimensional array of bytes, on the Java heap. A new one holds garbage, as TornadoVM's may. One that no graph transfers is on the
 * device only once a task has used it: it has no elements here any more.
 */
public final class ByteArray extends TornadoNativeArray {
  private static final byte GARBAGE = (byte) 0x5a;

  static {
    HeapArrays.register(ByteArray.class, array -> ((ByteArray) array).all(), array -> ((ByteArray) array).handOver());
  }

  private final int size;
  private byte[] values;

  /** An array of {@code numberOfElements} elements. */
  public ByteArray(int numberOfElements) {
    this(new byte[numberOfElements], true);
  }

  private ByteArray(byte[] values, boolean garbage) {
    this.values = values;
    size = values.length;
    if (garbage) {
      Arrays.fill(values, GARBAGE);
    }
  }

  /** A new array with the memory of this one, which has none from now on, and garbage in it. */
  private ByteArray handOver() {
    ByteArray other = values.length == size ? new ByteArray(values, true) : new ByteArray(size);
    values = new byte[0];
    return other;
  }

  private byte[] all() {
    if (values.length != size) {
      throw new IllegalStateException("this ByteArray is on the device only: no graph transfers it");
    }
    return values;
  }

  /** An array with a copy of {@code values}. */
  public static ByteArray fromArray(byte[] values) {
    return new ByteArray(values.clone(), false);
  }

  /** An array of the given elements. */
  public static ByteArray fromElements(byte... values) {
    return new ByteArray(values.clone(), false);
  }

  /** Sets every element. */
  public static void initialize(ByteArray array, byte value) {
    Arrays.fill(array.all(), value);
  }

  /** The element at {@code index}. */
  public byte get(int index) {
    return values[index];
  }

  /** Sets the element at {@code index}. */
  public void set(int index, byte value) {
    values[index] = value;
  }

  /** Sets every element. */
  public void init(byte value) {
    Arrays.fill(all(), value);
  }

  /** Sets every element to 0. */
  public void clear() {
    Arrays.fill(all(), (byte) 0);
  }

  /** A copy of the elements. */
  public byte[] toHeapArray() {
    return all().clone();
  }

  @Override
  public int getSize() {
    return size;
  }

  @Override
  public int getElementSize() {
    return Byte.BYTES;
  }
}
