// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A file of 9×11 pixels, and what Pillow makes of it.
 *
 * @param name its name
 * @param content its bytes
 * @param rgb CRC-32 of its pixels in colour
 * @param grey CRC-32 of its pixels in grey
 */
record SampleFile(String name, byte[] content, String rgb, String grey) {
  static final int HEIGHT = 9;
  static final int WIDTH = 11;

  /** All of them, a file or more of each format. */
  static List<SampleFile> all() {
    try (InputStream in = SampleFile.class.getResourceAsStream("/images.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .map(words -> new SampleFile(words[0], Base64.getDecoder().decode(words[1]), words[2], words[3]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one with a name. */
  static byte[] content(String name) {
    return all().stream().filter(file -> file.name.equals(name)).findFirst().orElseThrow().content;
  }

  @Override
  public String toString() {
    return name;
  }
}
