// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.host.io.FileKind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * A file in IDX format of unsigned bytes, as MNIST's: two zero bytes, type 0x08, the number of dimensions, each size as
 * a big-endian int, and the values in row-major order.
 *
 * @param sizes size of each dimension
 * @param values all values
 */
record IdxFile(int[] sizes, byte[] values) {
  private static final int UNSIGNED_BYTES = 0x08;

  private static final Map<Integer, String> TYPES =
      Map.of(
          UNSIGNED_BYTES, "unsigned bytes", 0x09, "signed bytes", 0x0b, "16-bit integers", 0x0c, "32-bit integers",
          0x0d, "32-bit floats", 0x0e, "64-bit floats");

  private static final int BEGIN = 256;
  private static final int MAX = Integer.MAX_VALUE - 16;
  private static final String ANEW = "fetch or write it anew";

  /**
   * Reads a file, gzipped or not, whatever its name.
   *
   * @param dimensions the number of dimensions it must have
   * @param contents says what mends it
   * @throws DataException if it cannot be read, is truncated, too long or of another format
   */
  static IdxFile read(Path file, int dimensions, Contents contents) {
    try {
      return new Reader(dimensions).read(file);
    } catch (Fault fault) {
      throw new DataException("'" + file + "' " + fault.getMessage() + "; " + contents.remedy(fault.remedy), fault);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /** Whether two files hold the same. */
  boolean sameAs(IdxFile other) {
    return Arrays.equals(sizes, other.sizes) && Arrays.equals(values, other.values);
  }

  /** What is wrong with a file, to stand behind its name. */
  private static final class Fault extends IOException {
    private static final long serialVersionUID = 1;
    private final String remedy;

    Fault(String what, String remedy) {
      super(what);
      this.remedy = remedy;
    }
  }

  private record Reader(int dimensions) {
    IdxFile read(Path file) throws IOException {
      if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
        throw new Fault("is a pipe or a device, no file", ANEW);
      }
      try (InputStream raw = Files.newInputStream(file);
          InputStream in = WholeGzip.open(raw)) {
        IdxFile idx = read(in);
        long behind = in instanceof WholeGzip gzip ? gzip.bytesBehind() : 0;
        if (behind > 0) {
          throw new Fault("goes on for %,d bytes behind its gzip data".formatted(behind), ANEW);
        }
        return idx;
      } catch (ZipException e) {
        throw new Fault("is damaged: its gzip data do not unpack (" + e.getMessage() + ")", ANEW);
      } catch (EOFException e) { // of GZIPInputStream
        throw new Fault("is truncated: its gzip data end too early", ANEW);
      }
    }

    private IdxFile read(InputStream content) throws IOException {
      PushbackInputStream in = new PushbackInputStream(content, BEGIN);
      byte[] begin = in.readNBytes(BEGIN);
      checkBegin(begin);
      if (begin.length < Integer.BYTES * (1 + dimensions)) {
        throw new Fault("ends within its header", ANEW);
      }
      ByteBuffer header = ByteBuffer.wrap(begin).position(Integer.BYTES);
      int[] sizes = new int[dimensions];
      long total = 1;
      for (int d = 0; d < dimensions; d++) {
        sizes[d] = header.getInt();
        if (sizes[d] < 1) {
          throw new Fault("says that dimension " + (d + 1) + " has " + sizes[d] + " entries", ANEW);
        }
        total *= sizes[d];
        if (total > MAX) { // checked for each, so that the product does not overflow
          throw new Fault("says that it holds more than %,d values, too many for one array".formatted(MAX),
              "leave out some images");
        }
      }
      in.unread(begin, header.position(), header.remaining());
      byte[] values = in.readNBytes((int) total);
      if (values.length < total) {
        throw new Fault("ends after %,d of %,d values".formatted(values.length, total), ANEW);
      }
      if (in.read() >= 0) {
        throw new Fault("goes on after its %,d values".formatted(total), ANEW);
      }
      return new IdxFile(sizes, values);
    }

    private void checkBegin(byte[] begin) throws Fault {
      Optional<FileKind> kind = FileKind.of(begin);
      if (begin.length == 0) {
        throw new Fault("is empty", ANEW);
      }
      if (kind.isPresent()) {
        throw new Fault("is " + kind.get().words(), kind.get().remedy());
      }
      if (begin.length < Integer.BYTES || begin[0] != 0 || begin[1] != 0) {
        String first = HexFormat.ofDelimiter(" ").formatHex(begin, 0, Math.min(begin.length, Integer.BYTES));
        throw new Fault("begins with the bytes " + first + ", so it is not in MNIST's format (IDX)", ANEW);
      }
      if (begin[2] != UNSIGNED_BYTES) {
        throw new Fault(
            "holds %s (IDX type 0x%02x), not unsigned bytes (0x08)"
                .formatted(TYPES.getOrDefault((int) begin[2], "another type"), begin[2]),
            "write its values as unsigned bytes, in NumPy with .astype('uint8')");
      }
      if (begin[3] != dimensions) {
        throw new Fault(
            "has " + (begin[3] & 0xff) + (begin[3] == 1 ? " dimension" : " dimensions") + ", not " + dimensions,
            dimensions == 1
                ? "labels have one, an entry for each image"
                : "images have three, their number, rows and columns, in NumPy .reshape(n, rows, columns)");
      }
    }
  }
}
