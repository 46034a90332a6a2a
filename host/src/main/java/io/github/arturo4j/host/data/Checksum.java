// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
