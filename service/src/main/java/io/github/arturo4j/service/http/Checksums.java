// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** SHA-256 of files, each computed once as long as size and time of the file stay, however many ask. */
final class Checksums {
  private static final int FILES = 4096;
  private static final int CHUNK = 1 << 18;

  private final Map<Version, FutureTask<String>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Version, FutureTask<String>> eldest) {
          return size() > FILES;
        }
      };

  /**
   * A file as it was at some time.
   *
   * @param size its bytes
   * @param modified when it was written
   */
  record Version(Path file, long size, FileTime modified) {}

  /** That of the first bytes of an open file, as many as the version has; in hexadecimal. */
  String of(Version version, FileChannel channel) throws IOException {
    FutureTask<String> task;
    synchronized (known) {
      task = known.computeIfAbsent(version, each -> new FutureTask<>(() -> digest(channel, each.size())));
    }
    task.run(); // does nothing if somebody has begun
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server ends", e);
    } catch (ExecutionException e) {
      synchronized (known) {
        known.remove(version, task);
      }
      throw new IOException("cannot read '" + version.file() + "'", e.getCause());
    }
  }

  private static String digest(FileChannel channel, long size) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.max(1, Math.min(CHUNK, size)));
      for (long done = 0; done < size; ) {
        chunk.clear().limit((int) Math.min(chunk.capacity(), size - done));
        int n = channel.read(chunk, done);
        if (n < 0) {
          throw new IOException("the file has become shorter");
        }
        digest.update(chunk.flip());
        done += n;
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException("every Java has SHA-256", e));
    }
  }
}
