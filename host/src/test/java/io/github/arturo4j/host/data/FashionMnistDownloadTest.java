// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The download from a server on the loopback. */
class FashionMnistDownloadTest {
  private static final String A = "a.gz";
  private static final String B = "b.gz";

  @TempDir Path temporary;
  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Path cache;

  @BeforeEach
  void serve() throws IOException {
    cache = temporary.resolve("cache/fashion-mnist");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/data/",
        exchange -> {
          String name = exchange.getRequestURI().getPath().substring("/data/".length());
          asked.add(name);
          byte[] body = served.get(name);
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          if (body != null) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    served.put(A, gzip(content(1)));
    served.put(B, gzip(content(2)));
  }

  @AfterEach
  void stop() {
    server.stop(0);
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

  private URI address() {
    InetSocketAddress at = server.getAddress();
    return URI.create("http://" + at.getAddress().getHostAddress() + ":" + at.getPort() + "/data/");
  }

  private FashionMnistDownload download() throws Exception {
    return new FashionMnistDownload(cache, address(), Map.of(A, sha256(content(1)), B, sha256(content(2))));
  }

  /** The download fails in one line with a remedy, and leaves nothing of the file behind. */
  private void fails(String... parts) throws Exception {
    FashionMnistDownload download = download();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(download::complete)
        .withMessageContainingAll(parts)
        .withMessageContaining("--data")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    assertThat(cache.toFile().list()).isSubsetOf(B); // whichever came first
  }

  @Test
  void fetchesWhatIsMissingAndNothingTwice() throws Exception {
    assertThat(download().complete()).isEqualTo(cache);
    assertThat(cache.toFile().list()).containsExactlyInAnyOrder(A, B);
    assertThat(Files.readAllBytes(cache.resolve(A))).isEqualTo(served.get(A));
    assertThat(asked).containsExactlyInAnyOrder(A, B);
    download().complete();
    assertThat(asked).hasSize(2);
    Files.delete(cache.resolve(B));
    download().complete();
    assertThat(asked).hasSize(3).last().isEqualTo(B);
  }

  @Test
  void repackedFilesAreTheSameFiles() throws Exception {
    byte[] repacked = served.get(A).clone();
    repacked[9] ^= 1; // the header's operating system
    served.put(A, repacked);
    download().complete();
    assertThat(Files.readAllBytes(cache.resolve(A))).isEqualTo(repacked);
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    served.remove(A);
    fails("cannot fetch " + address() + A, "HTTP status 404");
  }

  @Test
  void otherContentIsRefused() throws Exception {
    served.put(A, gzip(content(3)));
    fails(address() + A + " has SHA-256 " + sha256(content(3)) + ", not " + sha256(content(1)));
  }

  @Test
  void aTruncatedFileIsRefused() throws Exception {
    served.put(A, Arrays.copyOf(served.get(A), 5_000));
    fails(address() + A + " is truncated or no gzip file");
  }

  @Test
  void aPageInsteadOfTheFileIsRefused() throws Exception {
    served.put(A, "<html>Please log in</html>".getBytes());
    fails(address() + A + " is truncated or no gzip file");
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() throws Exception {
    server.stop(0);
    FashionMnistDownload download = download();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(download::complete)
        .withMessageContainingAll("cannot fetch " + address(), "--data");
    assertThat(cache.toFile().list()).isEmpty();
  }

  @Test
  void aCacheThatCannotBeMadeIsNamed() throws Exception {
    Files.createDirectories(cache.getParent());
    Files.writeString(cache, "a file");
    FashionMnistDownload download = download();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(download::complete)
        .withMessageContainingAll("into '" + cache + "'", "--data");
    assertThat(asked).isEmpty();
  }
}
