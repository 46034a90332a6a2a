// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.host.io.Reason;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
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

  /**
   * Reads a file, gzipped if its name ends in {@code .gz}.
   *
   * @param dimensions the number of dimensions it must have
   * @throws DataException if it is missing, truncated, too long or of another format
   */
  static IdxFile read(Path file, int dimensions) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        DataInputStream in =
            new DataInputStream(file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw)) {
      int magic = in.readInt();
      if (magic != (UNSIGNED_BYTES << 8 | dimensions)) {
        throw fault(
            file,
            String.format(
                "begins with magic number 0x%08x, not with 0x%08x",
                magic, UNSIGNED_BYTES << 8 | dimensions));
      }
      int[] sizes = new int[dimensions];
      long total = 1;
      for (int d = 0; d < dimensions; d++) {
        sizes[d] = in.readInt();
        if (sizes[d] < 1) {
          throw fault(file, "says that dimension " + (d + 1) + " has " + sizes[d] + " entries");
        }
        total = Math.multiplyExact(total, sizes[d]);
      }
      if (total > Integer.MAX_VALUE - 16) {
        throw fault(file, "says that it holds " + total + " values, too many for one array");
      }
      byte[] values = in.readNBytes((int) total);
      if (values.length < total) {
        throw fault(file, "ends after " + values.length + " of " + total + " values");
      }
      if (in.read() >= 0) {
        throw fault(file, "goes on after its " + total + " values");
      }
      return new IdxFile(sizes, values);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new DataException("'" + file + "' is missing; name the data set's folder with --data", e);
    } catch (ZipException | EOFException e) {
      throw fault(file, "is truncated or no gzip file");
    } catch (ArithmeticException e) {
      throw fault(file, "says that it holds more values than can be");
    } catch (IOException e) {
      throw new DataException("cannot read '" + file + "': " + Reason.of(e), e);
    }
  }

  private static DataException fault(Path file, String what) {
    return new DataException("'" + file + "' " + what + "; replace it with the original");
  }
}
