// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import static io.github.arturo4j.service.client.FakeService.bytes;
import static io.github.arturo4j.service.client.FakeService.problem;
import static io.github.arturo4j.service.client.FakeService.reset;
import static io.github.arturo4j.service.client.FakeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.arturo4j.host.io.Hash;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.service.client.FakeService.Handler;
import io.github.arturo4j.service.client.FakeService.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file comes whole or not at all, and what has come does not come again. */
class DownloadTest {
  private static final String PATH = "GET /jobs/7/artifacts/plots/a%20b.bin";
  private static final String NAME = "plots/a b.bin";
  private static final String BYTES = "application/octet-stream";
  private static final byte[] CONTENT = content(1);

  @TempDir Path folder;
  private Path target;
  private FakeService server;
  private ServiceClient client;

  private static byte[] content(long seed) {
    byte[] content = new byte[100_000];
    new Random(seed).nextBytes(content);
    return content;
  }

  @BeforeEach
  void start() throws IOException {
    target = folder.resolve("a b.bin");
    server = new FakeService();
    client = client(Duration.ofSeconds(30), Duration.ofSeconds(20));
  }

  private ServiceClient client(Duration silence, Duration patience) {
    return ServiceClient.connect(
        ClientSettings.of(server.address(), null).withSilence(silence).withPatience(patience, patience));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static String tag(byte[] content) throws IOException {
    return "\"" + Hash.of("SHA-256", new ByteArrayInputStream(content)) + "\"";
  }

  /** Serves as the interface says: ranges, If-Range, If-None-Match; breaks off after some bytes. */
  private Handler file(byte[] content, int end) throws IOException {
    String tag = tag(content);
    return (exchange, request) -> {
      if (tag.equals(request.headers().get("if-none-match"))) {
        bytes(304, null, new byte[0], "ETag", tag).answer(exchange, request);
        return;
      }
      String range = request.headers().get("range");
      boolean partial = range != null && tag.equals(request.headers().get("if-range"));
      int from = partial ? Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1")) : 0;
      exchange.getResponseHeaders().set("Content-Type", BYTES);
      exchange.getResponseHeaders().set("ETag", tag);
      if (partial) {
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
      }
      exchange.sendResponseHeaders(partial ? 206 : 200, content.length - from);
      exchange.getResponseBody().write(content, from, Math.max(0, end - from));
      exchange.getResponseBody().flush();
      if (end < content.length) {
        awaitOnDisk(end, content);
        throw new IOException("as the test wants it");
      }
    };
  }

  /** What a client has not taken when a connection breaks is lost. */
  private void awaitOnDisk(int bytes, byte[] content) throws IOException {
    Path part = part(content);
    while (!Files.exists(part) || Files.size(part) < bytes) {
      Thread.yield();
    }
  }

  private Path part(byte[] content) throws IOException {
    return folder.resolve("a b.bin." + tag(content).substring(1, 17) + ".part");
  }

  private Handler file(byte[] content) throws IOException {
    return file(content, content.length);
  }

  @Test
  void comesAndDoesNotComeAgain() throws IOException {
    server.on(PATH, file(CONTENT));
    assertThat(client.download(7, NAME, target)).isEqualTo(target).hasBinaryContent(CONTENT);
    assertThat(folder.toFile().list()).containsExactly("a b.bin");
    client.download(7, NAME, target);
    assertThat(server.requests().getLast().headers()).containsEntry("if-none-match", tag(CONTENT));
    assertThat(server.requests()).hasSize(2);
    Files.write(target, content(2));
    client.download(7, NAME, target);
    assertThat(target).hasBinaryContent(CONTENT);
  }

  @Test
  void goesOnWhereItWasCutOff() throws IOException {
    server.on(PATH, file(CONTENT, 30_000), reset(), file(CONTENT, 70_000), file(CONTENT));
    client.download(7, NAME, target);
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(folder.toFile().list()).containsExactly("a b.bin");
    assertThat(server.requests().stream().map(Request::headers).map(h -> h.getOrDefault("range", "all")))
        .containsExactly("all", "bytes=30000-", "bytes=30000-", "bytes=70000-");
  }

  @Test
  void aLaterProgramGoesOn() throws IOException {
    try (ServiceClient impatient = client(Duration.ofSeconds(30), Duration.ofMillis(150))) {
      server.on(PATH, file(CONTENT, 30_000), reset());
      assertThatThrownBy(() -> impatient.download(7, NAME, target)).isInstanceOf(ConnectionException.class);
    }
    assertThat(folder.toFile().list()).containsExactly(part(CONTENT).getFileName().toString());
    assertThat(Files.size(part(CONTENT))).isEqualTo(30_000);
    server.on(PATH, file(CONTENT));
    client.download(7, NAME, target);
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(server.requests().getLast().headers()).containsEntry("range", "bytes=30000-");
    assertThat(folder.toFile().list()).containsExactly("a b.bin");
  }

  @Test
  void aFileThatChangesBeginsAnew() throws IOException {
    byte[] other = content(3);
    server.on(PATH, file(CONTENT, 30_000), file(other));
    client.download(7, NAME, target);
    assertThat(target).hasBinaryContent(other);
    assertThat(folder.toFile().list()).containsExactly("a b.bin");
  }

  @Test
  void whatIsNotWhatWasSentIsNotKept() throws IOException {
    byte[] wrong = CONTENT.clone();
    wrong[5]++;
    Files.writeString(target, "before");
    server.on(PATH, bytes(200, BYTES, wrong, "ETag", tag(CONTENT)));
    assertThat(catchThrowableOfType(ConnectionException.class, () -> client.download(7, NAME, target)).kind())
        .isEqualTo(ConnectionException.Kind.CORRUPT);
    assertThat(target).hasContent("before");
    assertThat(folder.toFile().list()).containsExactly("a b.bin");
  }

  /** A part that something else has put there is found out, and does not stand in the way for ever. */
  @Test
  void aWrongPartIsThrownAway() throws IOException {
    Path part = part(CONTENT);
    Files.write(part, Arrays.copyOf(content(4), 500));
    server.on(PATH, file(CONTENT));
    assertThat(catchThrowableOfType(ConnectionException.class, () -> client.download(7, NAME, target)).kind())
        .isEqualTo(ConnectionException.Kind.CORRUPT);
    assertThat(client.download(7, NAME, target)).hasBinaryContent(CONTENT);
    Files.delete(target);
    Files.write(part, Arrays.copyOf(CONTENT, 200_000)); // longer than the file
    assertThat(client.download(7, NAME, target)).hasBinaryContent(CONTENT);
  }

  @Test
  void twoDoNotWriteToOnePlace() throws IOException {
    Path part = part(CONTENT);
    server.on(PATH, file(CONTENT));
    try (FileChannel other = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = other.lock()) {
      assertThatThrownBy(() -> client.download(7, NAME, target))
          .isInstanceOf(OperationException.class)
          .hasMessage("another program brings the same file to the same place; wait for it");
    }
  }

  @Test
  void refusalsOtherServersAndFullPlacesAreNamed() {
    server.on(PATH, problem(404, null, "there is no file"));
    assertThatThrownBy(() -> client.download(7, NAME, target)).isInstanceOf(ServiceException.class);
    server.on(PATH, text(200, "text/html", "<html>", "ETag", "W/\"x\""));
    assertThat(catchThrowableOfType(ConnectionException.class, () -> client.download(7, NAME, target)).kind())
        .isEqualTo(ConnectionException.Kind.NO_ARTURO);
    server.on(PATH, text(200, BYTES, "abc", "ETag", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""));
    assertThatThrownBy(() -> client.download(7, NAME, folder.resolve("none/a")))
        .isInstanceOf(OperationException.class)
        .hasMessageContaining("there is no such file; make the folder that it is to be in");
  }

  @Test
  void aServerThatFallsSilentIsAskedAnew() throws IOException {
    byte[] content = "abcdefghij".getBytes();
    try (ServiceClient impatient = client(Duration.ofMillis(300), Duration.ofSeconds(20))) {
      Handler stalled = server.stalled(BYTES, "abcdefg", "ETag", tag(content));
      Handler rest = file(content);
      server.on(PATH, (exchange, request) -> (request.headers().containsKey("range") ? rest : stalled).answer(exchange, request));
      assertThat(impatient.download(7, NAME, target)).hasBinaryContent(content);
      assertThat(server.requests().getLast().headers()).containsEntry("range", "bytes=7-").containsEntry("if-range", tag(content));
    }
  }
}
