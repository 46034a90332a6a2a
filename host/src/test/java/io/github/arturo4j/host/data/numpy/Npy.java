// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes arrays as NumPy does. */
public final class Npy {
  private Npy() {}

  /** A file with that header. */
  static byte[] withHeader(String header, byte... values) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(10 + text.length + values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length)
        .put(text)
        .put(values)
        .array();
  }

  private static byte[] of(String type, byte[] values, int... shape) {
    String sizes = Arrays.stream(shape).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
    return withHeader("{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + sizes + "), }", values);
  }

  /** Of unsigned bytes 0, 1 and so on. */
  static byte[] counting(int... shape) {
    byte[] values = new byte[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) i;
    }
    return of("|u1", values, shape);
  }

  /** Of integers of 64 bits, in one dimension. */
  static byte[] longs(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(bytes::putLong);
    return of("<i8", bytes.array(), values.length);
  }

  /** Of floats of 32 bits. */
  public static byte[] floats(float[] values, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return of("<f4", bytes.array(), shape);
  }

  /** An archive of arrays, packed. */
  static Path archive(Path file, Map<String, byte[]> arrays) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
      }
    }
    return file;
  }
}
