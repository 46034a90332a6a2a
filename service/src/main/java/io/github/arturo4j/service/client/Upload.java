// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import io.github.arturo4j.host.io.Hash;
import io.github.arturo4j.service.api.DatasetFile;
import io.github.arturo4j.service.client.ConnectionException.Kind;
import io.github.arturo4j.service.client.Exchange.Repeat;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Brings a file to the server, whole or not at all, and sees that what is stored there is what it holds. */
final class Upload {
  /** As many seconds more as it takes at this speed, in bytes a second. */
  private static final long SLOWEST = 1 << 16;

  private final Exchange exchange;
  private final Path file;
  private final String path;

  /**
   * An upload.
   *
   * @param path where it is to be on the server
   */
  Upload(Exchange exchange, Path file, String path) {
    this.exchange = exchange;
    this.file = file;
    this.path = path;
  }

  /**
   * Brings it.
   *
   * @throws IOException if the file cannot be read
   */
  DatasetFile run() throws IOException {
    Duration time = exchange.settings().silence().plusSeconds(Files.size(file) / SLOWEST);
    HttpRequest put =
        exchange.request(path).header("Content-Type", "application/octet-stream").PUT(BodyPublishers.ofFile(file)).build();
    DatasetFile stored = exchange.value(put, time, Repeat.YES, DatasetFile.class);
    try (InputStream in = Files.newInputStream(file)) {
      if (!Hash.of("SHA-256", in).equals(stored.sha256())) {
        throw new ConnectionException(Kind.CORRUPT, "what the server has stored is not what '" + file.getFileName() + "' holds", null);
      }
    }
    return stored;
  }
}
