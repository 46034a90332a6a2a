// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.host.io.Hash;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The checksum that a file must have.
 *
 * @param algorithm as Java names it
 * @param value in hexadecimal
 * @param unpacked how many bytes a gzipped file holds, if it is the checksum of these, which repackaging does not
 *     change; 0 if it is that of the file itself
 */
record Checksum(String algorithm, String value, long unpacked) {
  /** What is wrong with a file, to stand behind its name; empty if it has the checksum. */
  Optional<String> fault(Path file) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        Limited in = new Limited(unpacked > 0 ? new GZIPInputStream(raw, 1 << 16) : raw)) {
      String actual = Hash.of(algorithm, in);
      if (in.isCut()) {
        return Optional.of("unpacks to more than the %,d bytes that it holds".formatted(unpacked));
      }
      return actual.equals(value)
          ? Optional.empty()
          : Optional.of("has " + algorithm + " " + actual + ", not " + value);
    }
  }

  /** Ends after so many bytes as there may be, so that no small file keeps a processor busy for hours. */
  private final class Limited extends FilterInputStream {
    private long read;

    Limited(InputStream in) {
      super(in);
    }

    boolean isCut() {
      return unpacked > 0 && read > unpacked;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = isCut() ? -1 : super.read(buffer, offset, length);
      read += Math.max(n, 0);
      return n;
    }
  }
}
