// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Fetches what is missing in a folder. A file gets its name only when all of it is there and its checksum was right.
 *
 * @param folder made if need be
 * @param remedy what to do if a file cannot be fetched, for the end of a message
 */
record Download(Path folder, String remedy) {
  private static final String PART = ".part";

  /** What to do with a fetched file. */
  private interface Placing {
    void place(Path part) throws IOException;
  }

  /**
   * Fetches a file under its own name.
   *
   * @throws DataException if it cannot be fetched or has another checksum
   */
  void file(URI source, Checksum checksum) {
    Path target = folder.resolve(Path.of(source.getPath()).getFileName().toString());
    if (!Files.exists(target)) {
      fetch(source, checksum, part -> Files.move(part, target, StandardCopyOption.ATOMIC_MOVE));
    }
  }

  /**
   * Fetches a gzipped tar archive and keeps the files with these names, wherever in it they are.
   *
   * @throws DataException if it cannot be fetched, has another checksum, or not all of these files
   */
  void archive(URI source, Checksum checksum, List<String> names) {
    List<String> missing = names.stream().filter(name -> !Files.exists(folder.resolve(name))).toList();
    if (!missing.isEmpty()) {
      fetch(source, checksum, part -> unpack(source, part, missing));
    }
  }

  private void unpack(URI source, Path archive, List<String> names) throws IOException {
    try (TarGz tar = new TarGz(archive)) {
      for (TarGz.Entry entry = tar.next(); entry != null; entry = tar.next()) {
        String name = entry.name().substring(entry.name().lastIndexOf('/') + 1);
        if (names.contains(name)) {
          Path part = Files.createTempFile(folder, name, PART);
          try {
            entry.copyTo(part);
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
          } finally {
            Files.deleteIfExists(part);
          }
        }
      }
    }
    for (String name : names) {
      if (!Files.exists(folder.resolve(name))) {
        throw new DataException(source + " has no file " + name + remedy);
      }
    }
  }

  private void fetch(URI source, Checksum checksum, Placing placing) {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(15)).build()) {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "download", PART);
      try {
        HttpResponse<InputStream> response =
            client.send(
                HttpRequest.newBuilder(source).timeout(Duration.ofMinutes(10)).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
          throw new DataException("cannot fetch " + source + ": HTTP status " + response.statusCode() + remedy);
        }
        try (InputStream body = response.body()) {
          Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
        }
        String actual = checksum.of(part);
        if (!actual.equals(checksum.value())) {
          throw new DataException(
              source + " has " + checksum.algorithm() + " " + actual + ", not " + checksum.value() + remedy);
        }
        placing.place(part);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (EOFException | ZipException e) {
      throw new DataException(source + " is truncated or no gzip file (" + e.getMessage() + ")" + remedy, e);
    } catch (IOException e) {
      throw new DataException("cannot fetch " + source + " into '" + folder + "': " + e + remedy, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("interrupted while fetching " + source, e);
    }
  }
}
