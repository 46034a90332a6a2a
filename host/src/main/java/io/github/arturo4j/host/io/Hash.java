// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Cryptographic hashes of what is read. */
public final class Hash {
  private Hash() {}

  /**
   * The hash of all that a stream has left, in hexadecimal.
   *
   * @param algorithm one that every Java has, by its name there
   */
  public static String of(String algorithm, InputStream in) throws IOException {
    MessageDigest digest = digest(algorithm);
    byte[] buffer = new byte[1 << 16];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of some bytes. */
  public static byte[] sha256(byte[] bytes) {
    return digest("SHA-256").digest(bytes);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
