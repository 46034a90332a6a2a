// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.host.io.Hash;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The checksum that a file must have.
 *
 * @param algorithm as Java names it
 * @param value in hexadecimal
 * @param unpacked whether it is that of what a gzipped file holds, which repackaging does not change
 */
record Checksum(String algorithm, String value, boolean unpacked) {
  /** The one that a file has, in hexadecimal. */
  String of(Path file) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = unpacked ? new GZIPInputStream(raw, 1 << 16) : raw) {
      return Hash.of(algorithm, in);
    }
  }
}
