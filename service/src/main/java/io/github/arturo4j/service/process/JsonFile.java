// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.host.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A record in a file, whole or not at all. */
final class JsonFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonFile() {}

  static void write(Path file, Object value) throws IOException {
    AtomicFile.write(file, MAPPER.writeValueAsBytes(value));
  }

  /** What the file holds; nothing if there is none, or it holds something else. */
  static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
    try {
      return Optional.of(MAPPER.readValue(Files.readAllBytes(file), type));
    } catch (NoSuchFileException | JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
