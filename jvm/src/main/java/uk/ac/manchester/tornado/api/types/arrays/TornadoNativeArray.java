// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.types.arrays;

/** What the array types have in common. */
public abstract class TornadoNativeArray {
  /** Bytes in front of the elements on a device: none on the JVM, counted as TornadoVM does; no constant there. */
  public static final long ARRAY_HEADER = Long.getLong("tornado.panama.objectHeader", 16);

  /** Called by the array types. */
  public TornadoNativeArray() {}

  /** Number of elements. */
  public abstract int getSize();

  /** Bytes of an element. */
  public abstract int getElementSize();

  /** Bytes of the elements. */
  public long getNumBytesOfSegment() {
    return (long) getSize() * getElementSize();
  }

  /** Bytes of the elements and the header. */
  public long getNumBytesOfSegmentWithHeader() {
    return getNumBytesOfSegment() + ARRAY_HEADER;
  }
}
