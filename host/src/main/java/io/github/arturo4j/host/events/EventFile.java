// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.events;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * A text to which lines are appended, each written to the system before the next thing is done, so that another program can follow
 * it and a killed process loses none. What is there stays, but for a last line that was cut off.
 */
public final class EventFile implements AutoCloseable {
  private static final int CHUNK = 1 << 13;

  private final Path path;
  private final WritableByteChannel channel;
  private boolean begun;
  private boolean failed;

  /**
   * Opens a file, or makes it, and the folders that it is to be in.
   *
   * @throws UsageException if it cannot be read or written; one line
   */
  public EventFile(Path path) {
    this(path, open(path));
  }

  /** The same that writes there; the path is for messages. */
  EventFile(Path path, WritableByteChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  private static FileChannel open(Path path) {
    try {
      if (path.toAbsolutePath().getParent() != null) {
        Files.createDirectories(path.toAbsolutePath().getParent());
      }
      if (Files.isRegularFile(path)) {
        cutRest(path);
      }
      return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UsageException(
          "--events is '" + path + "', which cannot be written: " + Reason.of(e) + "; name a file that you may write", e);
    }
  }

  /** Cuts off what stands behind the last end of a line. */
  private static void cutRest(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = file.size();
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      while (end > 0) {
        long start = Math.max(0, end - CHUNK);
        chunk.clear().limit((int) (end - start));
        while (chunk.hasRemaining() && file.read(chunk, start + chunk.position()) >= 0) {
          // until all of it is there
        }
        int last = chunk.position() - 1;
        while (last >= 0 && chunk.get(last) != '\n') {
          last--;
        }
        if (last >= 0) {
          end = start + last + 1;
          break;
        }
        end = start;
      }
      if (end < file.size()) {
        file.truncate(end);
      }
    }
  }

  /**
   * Appends a line. One that cannot be written is the last that is tried.
   *
   * @param line without its end
   * @param warn takes a line that says so
   * @throws OperationException if not even the first can be written; one line
   */
  void append(String line, Consumer<String> warn) {
    if (failed) {
      return;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      begun = true;
    } catch (IOException e) {
      failed = true;
      String cause = "cannot write the events to '" + path + "': " + Reason.of(e);
      if (!begun) {
        throw new OperationException(cause + "; " + Reason.remedy(e) + ", or leave out --events", e);
      }
      warn.accept("Warning: " + cause + "; the training goes on without them");
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Each line was written when it was appended.
    }
  }
}
