// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import io.github.arturo4j.host.io.Hash;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.service.client.ConnectionException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Brings a file of a job here. It lies beside its place first, under a name made of its checksum, so that a download that was cut
 * off, or whose program was ended, goes on where it was; it is moved into its place when its checksum is right.
 */
final class Download {
  private static final int NOT_MODIFIED = 304;
  private static final int PARTIAL = 206;
  private static final int MARK = 16;
  private static final int BUFFER = 1 << 16;

  private final Exchange exchange;
  private final String path;
  private final Path target;
  private Backoff backoff;

  /**
   * A download.
   *
   * @param path of the file on the server
   * @param target where it is to be
   */
  Download(Exchange exchange, String path, Path target) {
    this.exchange = exchange;
    this.path = path;
    this.target = target;
    backoff = new Backoff(exchange.settings().streamPatience());
  }

  /**
   * Brings it.
   *
   * @return false if it was there already
   */
  boolean run() {
    try {
      String have = Files.isRegularFile(target) ? checksum(target) : null;
      HttpResponse<InputStream> response = ask(have == null ? null : "\"" + have + "\"", null, 0);
      if (response.statusCode() == NOT_MODIFIED) {
        response.body().close();
        return false;
      }
      while (response != null) {
        response = bring(response);
      }
      return true;
    } catch (IOException e) {
      throw new OperationException(
          Printable.of("cannot write '" + target + "': " + Reason.of(e) + "; " + Reason.remedy(e) + ", or name another folder"), e);
    }
  }

  private HttpResponse<InputStream> ask(String unless, String tag, long from) {
    HttpRequest.Builder request = exchange.request(path);
    if (unless != null) {
      request.header("If-None-Match", unless);
    }
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-").header("If-Range", tag);
    }
    return exchange.stream(request.build(), null);
  }

  /** Takes what an answer has; what to take next, if the file on the server has changed meanwhile; null when all is done. */
  private HttpResponse<InputStream> bring(HttpResponse<InputStream> first) throws IOException {
    String tag = tag(first);
    String checksum = tag.substring(1, tag.length() - 1);
    Path part = target.resolveSibling(target.getFileName() + "." + checksum.substring(0, MARK) + ".part");
    try (FileChannel file =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock _ = lock(file)) {
      HttpResponse<InputStream> response = first;
      long total = first.headers().firstValueAsLong("Content-Length").orElse(Long.MAX_VALUE);
      if (file.size() > 0 && file.size() < total && first.statusCode() != PARTIAL) {
        first.body().close(); // what is here need not come again
        response = ask(null, tag, file.size());
      }
      while (response != null) {
        if (!tag.equals(tag(response))) {
          Files.deleteIfExists(part);
          pause(new ConnectionException(Kind.CORRUPT, "'" + target.getFileName() + "' changes faster than it can be read", null));
          return response;
        }
        response = append(response, file, tag);
      }
      file.force(true);
      file.position(0);
      if (!Hash.of("SHA-256", Channels.newInputStream(file)).equals(checksum)) {
        Files.delete(part);
        throw new ConnectionException(
            Kind.CORRUPT,
            "what came of '" + Printable.value(target.getFileName().toString()) + "' has not the checksum that was sent",
            null);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return null;
    }
  }

  private static FileLock lock(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // Another thread of this program has it.
    }
    throw new OperationException("another program brings the same file to the same place; wait for it");
  }

  /** Appends what an answer has; the answer that goes on behind it, null when there is no more. */
  private HttpResponse<InputStream> append(HttpResponse<InputStream> response, FileChannel file, String tag) throws IOException {
    file.position(begin(response, file.size()));
    file.truncate(file.position());
    try (InputStream body = exchange.watched(response)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = read(body, buffer); n >= 0; n = read(body, buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        backoff = n > 0 ? new Backoff(exchange.settings().streamPatience()) : backoff;
      }
      return null;
    } catch (Broken e) {
      pause(e.failure);
      return ask(null, tag, file.size());
    }
  }

  /** Where in the file an answer begins. */
  private long begin(HttpResponse<InputStream> response, long size) {
    if (response.statusCode() != PARTIAL) {
      return 0;
    }
    String range = response.headers().firstValue("Content-Range").orElse("");
    if (!range.startsWith("bytes " + size + "-")) {
      throw Answer.noArturo(exchange.server(), response);
    }
    return size;
  }

  /** The connection broke, not the disk. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ConnectionException failure;

    Broken(ConnectionException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  private int read(InputStream body, byte[] buffer) {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      exchange.checkOpen();
      throw new Broken(Failure.of(exchange.server(), e));
    }
  }

  private void pause(ConnectionException failure) {
    if (!backoff.waits(null)) {
      throw failure;
    }
  }

  private String tag(HttpResponse<InputStream> response) {
    return response.headers().firstValue("ETag").filter(tag -> tag.matches("\"[0-9a-f]{64}\""))
        .orElseThrow(() -> Answer.noArturo(exchange.server(), response));
  }

  private static String checksum(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Hash.of("SHA-256", in);
    }
  }
}
