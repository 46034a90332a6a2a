// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/**
 * SHA-256 of what a safetensors file tells: of its metadata, the checksum itself not among it, and of each tensor's
 * name, shape and values, these big-endian, in the header's order.
 */
final class ContentHash {
  private final MessageDigest digest;

  ContentHash(SortedMap<String, String> metadata) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      String key = entry.getKey();
      String value = entry.getValue();
      add(key.length() + key + value.length() + value);
    }
  }

  /** Begins a tensor. */
  void tensor(String name, int[] shape) {
    add(name + Arrays.toString(shape));
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds values of the tensor in hand, big-endian. */
  void add(ByteBuffer values) {
    digest.update(values);
  }

  /** In hexadecimal; ends the computation. */
  String value() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
