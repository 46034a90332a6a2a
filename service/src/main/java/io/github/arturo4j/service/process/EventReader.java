// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the events that were added to a file since it was last asked. */
final class EventReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Lines lines;

  EventReader(Path file) {
    lines = new Lines(file, 0);
  }

  /** Tells the new ones; whether there were any. */
  boolean read(Consumer<JsonNode> told) {
    long before = lines.position();
    try {
      lines.read(
          (line, _) -> {
            tell(line, told);
            return true;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines.position() > before;
  }

  private static void tell(byte[] line, Consumer<JsonNode> told) throws IOException {
    try {
      told.accept(MAPPER.readTree(line));
    } catch (JsonProcessingException e) {
      // not ours; a user may have edited the file
    }
  }
}
