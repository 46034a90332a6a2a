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

  private static PublishedFile file(String name, int seed) throws Exception {
    return new PublishedFile(name, 100_100, new Checksum("SHA-256", sha256(content(seed)), 100_000));
  }

  private Supplier<Path> download() throws Exception {
    URI address = server.address();
    List<PublishedFile> files = List.of(file(A, 1), file(B, 2));
    return () -> FashionMnist.fetch(cache, List.of(address), files, told::add);
  }

  private Download download(Patience patience, Map<String, String> environment) {
    return new Download(cache, "; do it by hand", patience, new EnvironmentProxies(environment), told::add);
  }

  private void fails(Patience patience, String message) throws Exception {
    PublishedFile file = file(A, 1);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(patience, Map.of()).file(List.of(server.address()), file))
        .withMessageMatching("cannot fetch \\Q" + server.address() + A + "\\E: " + message + "; do it by hand");
    assertThat(cache.toFile().list()).containsExactly(".lock");
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
    fails(server.address() + A + " is a web page in place of the file (Not in GZIP format)");
  }

  @Test
  void whatUnpacksToMoreThanTheFileHoldsIsNotUnpackedToItsEnd() throws Exception {
    server.served.put(A, gzip(new byte[50_000_000]));
    fails(server.address() + A + " unpacks to more than the 100,000 bytes that it holds");
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
  void aServerThatDoesNotAnswerOrFallsSilentIsGivenUp() throws Exception {
    Duration soon = Duration.ofMillis(300);
    server.stalling.add(A); // on a slow machine not all of what it sends has come by then
    fails(new Patience(Duration.ofMinutes(1), soon, 100_000), "(nothing came for|only [0-9,]+ bytes came in) 300 ms.*");
    server.silent.add(A);
    fails(new Patience(soon, soon, 1), "no answer in 300 ms");
  }

  @Test
  void aServerThatSendsAByteNowAndThenIsGivenUp() throws Exception {
    server.dripping.add(A);
    Patience patience = new Patience(Duration.ofMinutes(1), Duration.ofMillis(300), 1000);
    fails(patience, "(nothing came for|only [0-9]+ bytes came in) 300 ms.*");
  }

  @Test
  void noMoreIsTakenThanTheFileMayHave() throws Exception {
    server.endless.add(A);
    fails(Patience.USUAL, "[0-9,]+ bytes are more than the 116,708 that it may have");
    server.endless.clear();
    server.served.put(A, new byte[116_709]);
    fails(Patience.USUAL, "116,709 bytes are more than the 116,708 that it may have");
    assertThat(told).hasSize(1); // of the endless one; the other was refused by its length
  }

  @Test
  void aServerThatHangsUpIsNamed() throws Exception {
    server.broken.add(A);
    int bytes = server.served.get(A).length;
    fails("cannot fetch %s: the connection broke after %,d of %,d bytes ("
        .formatted(server.address().resolve(A), bytes / 2, bytes));
  }

  @Test
  void aRedirectionIsFollowedOnTheWebOnly() throws Exception {
    server.moved.put(A, server.address() + "there.gz");
    server.served.put("there.gz", server.served.get(A));
    download().get();
    assertThat(Files.readAllBytes(cache.resolve(A))).isEqualTo(server.served.get(A));
    assertThat(cache.toFile().list()).containsExactlyInAnyOrder(A, B, ".lock");
    Files.delete(cache.resolve(A));
    Files.delete(cache.resolve(B));
    server.moved.put(A, "file:///etc/passwd");
    fails("cannot fetch " + server.address() + A + ": HTTP status 302, to file:///etc/passwd");
    server.moved.put(A, server.address() + A);
    fails("cannot fetch " + server.address() + A + ": HTTP status 302, to " + server.address() + A);
  }

  @Test
  void whatHasNoHttpsComesLast() {
    List<URI> others = FashionMnist.ADDRESSES.subList(0, FashionMnist.ADDRESSES.size() - 1);
    assertThat(others).isNotEmpty().allMatch(address -> address.getScheme().equals("https"));
  }

  @Test
  void theNextAddressIsTriedWhereOneFails() throws Exception {
    URI none = server.address().resolve("none/");
    List<PublishedFile> files = List.of(file(A, 1));
    FashionMnist.fetch(cache, List.of(none, server.address()), files, told::add);
    assertThat(Files.readAllBytes(cache.resolve(A))).isEqualTo(server.served.get(A));
    assertThat(told)
        .hasSize(2)
        .startsWith("cannot fetch " + none + A + ": HTTP status 404; trying another address");
  }

  @Test
  void theProxyOfTheEnvironmentIsTaken() throws Exception {
    String proxy = server.address().resolve("/").toString();
    List<URI> web = List.of(URI.create("http://fashion.example/data/"));
    server.wanted = "me:secret";
    Map<String, String> wrong = Map.of("http_proxy", proxy);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(Patience.USUAL, wrong).file(web, file(A, 1)))
        .withMessageContaining("HTTP status 407, the proxy wants a name and a password, as in http://NAME:PASSWORD@");
    server.addresses.clear();
    download(Patience.USUAL, Map.of("http_proxy", proxy.replace("http://", "http://me:secret@"))).file(web, file(A, 1));
    assertThat(server.addresses).isNotEmpty().containsOnly("http://fashion.example/data/" + A);
    assertThat(Files.readAllBytes(cache.resolve(A))).isEqualTo(server.served.get(A));
    server.close();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(Patience.USUAL, Map.of("HTTP_PROXY", proxy)).file(web, file(B, 2)))
        .withMessage(
            "cannot fetch http://fashion.example/data/b.gz: no connection to fashion.example through the proxy "
                + server.address().getAuthority() + " of HTTP_PROXY (Connection refused); do it by hand");
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
              cache, "",
              line -> {
                told.add(line);
                release(other);
              });
      download.file(List.of(server.address()), file(A, 1));
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
