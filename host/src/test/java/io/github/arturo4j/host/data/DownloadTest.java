// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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
  private final List<String> told = new ArrayList<>();

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
    return () -> FashionMnist.fetch(cache, address, files, told::add);
  }

  private static void release(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The download fails in one line with a remedy, and leaves nothing of the file behind. */
  private void fails(String... parts) throws Exception {
    Supplier<Path> download = download();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(download::get)
        .withMessageContainingAll(parts)
        .withMessageContaining("--data")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    assertThat(cache.toFile().list()).containsExactly(".lock"); // A comes first
  }

  @Test
  void fetchesWhatIsMissingAndNothingTwice() throws Exception {
    assertThat(download().get()).isEqualTo(cache);
    assertThat(cache.toFile().list()).containsExactlyInAnyOrder(A, B, ".lock");
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
        .withMessage(
            "cannot fetch " + server.address() + A + ": no connection to " + server.address().getHost()
                + " (Connection refused); install Debian's package dataset-fashion-mnist, or get the file by other"
                + " means and put it into '" + cache + "', or name a folder with the four files with --data");
    assertThat(cache.toFile().list()).containsExactly(".lock");
    assertThat(told).isEmpty();
  }

  @Test
  void aServerThatFallsSilentIsNotWaitedForForever() throws Exception {
    server.stalling.add(A);
    int bytes = server.served.get(A).length;
    Download download = new Download(cache, "; do it by hand", Duration.ofMillis(100), told::add);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download.file(server.address().resolve(A), new Checksum("SHA-256", "", true)))
        .withMessage(
            "cannot fetch %s: nothing came for 100 ms after %,d of %,d bytes; do it by hand"
                .formatted(server.address().resolve(A), bytes / 2, bytes));
    assertThat(cache.toFile().list()).containsExactly(".lock");
  }

  @Test
  void aServerThatHangsUpIsNamed() throws Exception {
    server.broken.add(A);
    int bytes = server.served.get(A).length;
    fails("cannot fetch %s: the connection broke after %,d of %,d bytes (Premature EOF); "
        .formatted(server.address().resolve(A), bytes / 2, bytes));
  }

  @Test
  void eachDownloadIsToldOfBeforeItsBytesCome() throws Exception {
    download().get();
    assertThat(told)
        .containsExactly(
            "Downloading " + server.address() + A + " (0.1 MB) into '" + cache + "'",
            "Downloading " + server.address() + B + " (0.1 MB) into '" + cache + "'");
    download().get();
    assertThat(told).hasSize(2);
  }

  @Test
  void whatAnInterruptedDownloadHasLeftIsDeletedByTheNext() throws Exception {
    Files.createDirectories(cache);
    Files.writeString(cache.resolve(A + ".part"), "half");
    Files.writeString(cache.resolve("download123.part"), "half, of an earlier version");
    Files.writeString(cache.resolve("mine.txt"), "the user's");
    download().get();
    assertThat(cache.toFile().list()).containsExactlyInAnyOrder(A, B, ".lock", "mine.txt");
    assertThat(Files.readAllBytes(cache.resolve(A))).isEqualTo(server.served.get(A));
  }

  @Test
  void aProcessWaitsForAnotherThatFetchesTheSame() throws Exception {
    Files.createDirectories(cache);
    Path content = Files.write(temporary.resolve("content"), server.served.get(A));
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), LockHolder.class.getName(),
                cache.resolve(".lock").toString(), cache.resolve(A).toString(), content.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("locked");
      Download download =
          new Download(
              cache, "", Duration.ofMinutes(1),
              line -> {
                told.add(line);
                release(other);
              });
      download.file(server.address().resolve(A), new Checksum("SHA-256", sha256(content(1)), true));
      assertThat(told).containsExactly("Waiting for another download into '" + cache + "'");
      assertThat(server.asked).isEmpty();
      assertThat(Files.readAllBytes(cache.resolve(A))).isEqualTo(server.served.get(A));
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void aCacheThatCannotBeMadeIsNamed() throws Exception {
    Files.createDirectories(cache.getParent());
    Files.writeString(cache, "a file");
    Supplier<Path> download = download();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(download::get)
        .withMessageContainingAll("into '" + cache + "': there is a file of that name; make room or", "--data");
    assertThat(server.asked).isEmpty();
  }
}
