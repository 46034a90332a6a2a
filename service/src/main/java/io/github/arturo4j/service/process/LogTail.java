// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The end of a log. */
final class LogTail {
  private static final String OURS = "arturo: ";
  private static final int BYTES = 16_384;

  private LogTail() {}

  /** The last line in which a command has said what went wrong; null if there is none near the end. */
  static String failure(Path log) throws IOException {
    return end(log).lines().filter(line -> line.startsWith(OURS)).reduce((_, last) -> last).map(line -> line.substring(OURS.length()))
        .orElse(null);
  }

  private static String end(Path log) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.min(BYTES, file.length())];
      file.seek(file.length() - bytes.length);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
