// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The download of single files from a server on the loopback. */
class DownloadTest {
  private static final String A = "a.gz";
  private static final String B = "b.gz";

  @TempDir Path temporary;
  private LocalServer server;
  private Path cache;

  @BeforeEach
  void serve() throws IOException {
    cache = temporary.resolve("cache/fashion-mnist");
    server = new LocalServer();
    server.served.put(A, gzip(content(1)));
    server.served.put(B, gzip(content(2)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] content(int seed) {
    byte[] bytes = new byte[100_000];
    new java.util.Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private Supplier<Path> download() throws Exception {
    URI address = server.address();
    SortedMap<String, String> files = new TreeMap<>(Map.of(A, sha256(content(1)), B, sha256(content(2))));
    return () -> FashionMnist.fetch(cache, address, files);
  }

  /** The download fails in one line with a remedy, and leaves nothing of the file behind. */
  private void fails(String... parts) throws Exception {
    Supplier<Path> download = download();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(download::get)
        .withMessageContainingAll(parts)
        .withMessageContaining("--data")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    assertThat(cache.toFile().list()).isEmpty(); // A comes first
  }

  @Test
  void fetchesWhatIsMissingAndNothingTwice() throws Exception {
    assertThat(download().get()).isEqualTo(cache);
    assertThat(cache.toFile().list()).containsExactlyInAnyOrder(A, B);
    assertThat(Files.readAllBytes(cache.resolve(A))).isEqualTo(server.served.get(A));
    assertThat(server.asked).containsExactlyInAnyOrder(A, B);
    download().get();
    assertThat(server.asked).hasSize(2);
    Files.delete(cache.resolve(B));
    download().get();
    assertThat(server.asked).hasSize(3).last().isEqualTo(B);
  }

  @Test
  void repackedFilesAreTheSameFiles() throws Exception {
    byte[] repacked = server.served.get(A).clone();
    repacked[9] ^= 1; // the header's operating system
    server.served.put(A, repacked);
    download().get();
    assertThat(Files.readAllBytes(cache.resolve(A))).isEqualTo(repacked);
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    server.served.remove(A);
    fails("cannot fetch " + server.address() + A, "HTTP status 404");
  }

  @Test
  void otherContentIsRefused() throws Exception {
    server.served.put(A, gzip(content(3)));
    fails(server.address() + A + " has SHA-256 " + sha256(content(3)) + ", not " + sha256(content(1)));
  }

  @Test
  void aTruncatedFileIsRefused() throws Exception {
    server.served.put(A, Arrays.copyOf(server.served.get(A), 5_000));
    fails(server.address() + A + " is truncated or no gzip file");
  }

  @Test
  void aPageInsteadOfTheFileIsRefused() throws Exception {
    server.served.put(A, "<html>Please log in</html>".getBytes());
    fails(server.address() + A + " is truncated or no gzip file");
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() throws Exception {
    server.close();
    Supplier<Path> download = download();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(download::get)
        .withMessageContainingAll("cannot fetch " + server.address(), "--data");
    assertThat(cache.toFile().list()).isEmpty();
  }

  @Test
  void aCacheThatCannotBeMadeIsNamed() throws Exception {
    Files.createDirectories(cache.getParent());
    Files.writeString(cache, "a file");
    Supplier<Path> download = download();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(download::get)
        .withMessageContainingAll("into '" + cache + "'", "--data");
    assertThat(server.asked).isEmpty();
  }
}
