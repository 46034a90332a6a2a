// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a gzipped tar archive, entry by entry (POSIX.1-1988 ustar): blocks of 512 bytes, of which the first of an entry
 * holds its name at 0, its size in octal digits at 124, and its type at 156.
 */
final class TarGz implements AutoCloseable {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TYPE = 156;

  private final InputStream in;
  private long left;

  /** Opens an archive. */
  TarGz(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      in = new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** A regular file of the archive, to be read before the next. */
  final class Entry {
    private final String name;
    private final long size;

    private Entry(String name, long size) {
      this.name = name;
      this.size = size;
    }

    /** Its name, with the folders it is in. */
    String name() {
      return name;
    }

    /** Writes its content to a new file. */
    void copyTo(Path file) throws IOException {
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        byte[] buffer = new byte[1 << 16];
        for (long rest = size; rest > 0; ) {
          int n = in.read(buffer, 0, (int) Math.min(rest, buffer.length));
          if (n < 0) {
            throw new EOFException(name + " ends too early");
          }
          out.write(buffer, 0, n);
          rest -= n;
          left -= n;
        }
      }
    }
  }

  /** The next regular file; null if there is no more. */
  Entry next() throws IOException {
    while (true) {
      in.skipNBytes(left);
      byte[] header = in.readNBytes(BLOCK);
      if (header.length < BLOCK || header[0] == 0) {
        return null;
      }
      long size = size(header);
      left = (size + BLOCK - 1) / BLOCK * BLOCK;
      if (header[TYPE] == '0' || header[TYPE] == 0) {
        return new Entry(text(header, 0, NAME_LENGTH), size);
      }
    }
  }

  private static long size(byte[] header) throws IOException {
    String octal = text(header, SIZE, SIZE_LENGTH).strip();
    try {
      return Long.parseUnsignedLong(octal, 8);
    } catch (NumberFormatException e) {
      throw new ZipException("no tar archive: size '" + octal + "'");
    }
  }

  /** Up to a zero byte. */
  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
