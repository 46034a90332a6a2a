// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Folders whose paths a process leaves out of what it prints, so that files in them are called by their names there: of a process that
 * runs for somebody who does not know where they lie.
 */
public final class Unsaid {
  /** Every path is told as it is. */
  public static final Unsaid NOTHING = new Unsaid(List.of());

  /** What is left out, the longest first, each with a character for a byte. */
  private final List<String> beginnings;

  private Unsaid(List<String> beginnings) {
    this.beginnings = beginnings;
  }

  /** These folders, as they are named in arguments and otherwise. */
  public static Unsaid of(Path... folders) {
    return new Unsaid(
        Arrays.stream(folders)
            .map(folder -> folder + "/")
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
            .toList());
  }

  /** A text without them. */
  String without(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new String(without(bytes, 0, bytes.length), StandardCharsets.UTF_8);
  }

  /** The same of bytes, which may begin and end in the midst of a character. */
  byte[] without(byte[] bytes, int offset, int count) {
    if (beginnings.isEmpty()) {
      return offset == 0 && count == bytes.length ? bytes : Arrays.copyOfRange(bytes, offset, offset + count);
    }
    String text = new String(bytes, offset, count, StandardCharsets.ISO_8859_1);
    for (String beginning : beginnings) {
      text = text.replace(beginning, "");
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
