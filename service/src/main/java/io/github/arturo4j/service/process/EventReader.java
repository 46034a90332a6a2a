// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads the lines that were added to a file of events since it was last asked. A line that is not whole yet waits. */
final class EventReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int PART = 1 << 20;

  private final Path file;
  private long offset;

  EventReader(Path file) {
    this.file = file;
  }

  /** Tells the new lines; whether there were any. */
  boolean read(Consumer<JsonNode> told) {
    boolean any = false;
    try {
      for (byte[] part = part(); part.length > 0; part = part()) {
        offset += part.length;
        any = true;
        new String(part, StandardCharsets.UTF_8).lines().forEach(line -> tell(line, told));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return any;
  }

  /** Whole lines from where it stands; nothing if there are none. */
  private byte[] part() throws IOException {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.clamp(open.length() - offset, 0, PART)];
      open.seek(offset);
      open.readFully(bytes);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      return Arrays.copyOf(bytes, end);
    }
  }

  private static void tell(String line, Consumer<JsonNode> told) {
    try {
      told.accept(MAPPER.readTree(line));
    } catch (JsonProcessingException e) {
      // not ours; a user may have edited the file
    }
  }
}
