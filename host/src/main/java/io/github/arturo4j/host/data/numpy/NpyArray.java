// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.RegularFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An array of numbers, whole in memory: of bool, of signed or unsigned integers of 1 to 8 bytes, or of floats of 2, 4 or 8.
 */
public final class NpyArray {
  private final String name;
  private final NpyType type;
  private final int[] shape;
  private final ByteBuffer values;

  /**
   * Of values in memory.
   *
   * @param name where it is from, for messages
   * @param values as the type has them, row-major
   */
  NpyArray(String name, NpyType type, int[] shape, byte[] values) {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.values = ByteBuffer.wrap(values).order(type.order());
  }

  /**
   * Reads a file .npy.
   *
   * @throws DataException if it cannot be read, is no such file, is damaged, or holds no numbers; one line
   */
  public static NpyArray read(Path file) {
    try {
      RegularFile.check(file);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
        return read("'" + file + "'", in, Files.size(file));
      }
    } catch (NpyFault fault) {
      throw new DataException("'" + file + "' " + fault.line(), fault);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /**
   * Reads an array to the end of its stream.
   *
   * @param name for messages
   * @param available bytes that the stream has at most: what a damaged header says is not allocated
   */
  static NpyArray read(String name, InputStream in, long available) throws IOException {
    NpyHeader header = NpyHeader.read(in);
    header.checkFits();
    int bytes = (int) header.bytes();
    byte[] values = allocate((int) Math.min(bytes, available));
    int read = in.readNBytes(values, 0, values.length);
    header.checkSize(read < bytes || in.read() < 0 ? read : read + 1L);
    int[] shape = header.shape();
    byte[] ordered = header.fortran() && shape.length > 1 ? rowMajor(values, header.type().bytes(), shape) : values;
    return new NpyArray(name, header.type(), shape, ordered);
  }

  private static byte[] allocate(int bytes) throws NpyFault {
    try {
      return new byte[bytes];
    } catch (OutOfMemoryError e) {
      throw new NpyFault(
          "holds %,d bytes, more than Java's memory has left".formatted(bytes), "give it a larger -Xmx, or leave out examples");
    }
  }

  /** Values in the order of Fortran, of which the first index is the fastest, in that of C, with the last. */
  private static byte[] rowMajor(byte[] values, int bytes, int[] shape) throws NpyFault {
    byte[] ordered = allocate(values.length);
    int[] index = new int[shape.length];
    for (int from = 0; from < values.length; from += bytes) {
      int to = 0;
      for (int d = 0; d < shape.length; d++) {
        to = to * shape[d] + index[d];
      }
      System.arraycopy(values, from, ordered, to * bytes, bytes);
      for (int d = 0; d < shape.length && ++index[d] == shape[d]; d++) {
        index[d] = 0;
      }
    }
    return ordered;
  }

  /** Where it is from, for messages. */
  String name() {
    return name;
  }

  /** A copy of the sizes of its dimensions. */
  public int[] shape() {
    return shape.clone();
  }

  /** Number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /** The first size: how many examples it has; 1 of a single number. */
  public int count() {
    return rank() == 0 ? 1 : shape[0];
  }

  /** Number of values. */
  public int size() {
    return values.capacity() / type.bytes();
  }

  /** Whether its values are integers, or false and true. */
  public boolean isWhole() {
    return type.isWhole();
  }

  /** Whether its values are unsigned bytes, as pixels are. */
  public boolean isBytes() {
    return type.isByte();
  }

  /** The values of an array of unsigned bytes, row-major; not to be changed. */
  byte[] bytes() {
    return values.array();
  }

  /** The integer at an index, row-major; of a float, what is before its point. */
  public long whole(int index) {
    return isWhole() ? type.whole(values, index) : (long) type.number(values, index);
  }

  /** The values as floats, row-major, rounded if need be. */
  public float[] floats() {
    float[] floats = new float[size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = type.number(values, i);
    }
    return floats;
  }

  /** The sizes, see {@link NpyHeader#shapeText}. */
  String shapeText() {
    return NpyHeader.shapeText(shape);
  }
}
