// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The complete lines of a file that grows, from a position on; it need not be there yet. Between two readings it holds neither the
 * file nor memory. What stands behind the last end of a line is nobody's business: a writer that was killed there cuts it off.
 */
public final class Lines {
  private static final int CHUNK = 1 << 14;

  /** Bytes of a line at most. */
  private static final int LINE = 1 << 22;

  private final Path file;
  private long position;

  /** What is done with a line. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Takes one.
     *
     * @param line without its end
     * @param end bytes of the file up to and with its end
     * @return whether to go on
     */
    boolean read(byte[] line, long end) throws IOException;
  }

  /** Those behind so many bytes, at which a line has to begin: see {@link #isBegin}. */
  public Lines(Path file, long position) {
    this.file = file;
    this.position = position;
  }

  /** Bytes that were read. */
  public long position() {
    return position;
  }

  /** Whether a line of a file begins, or will begin, at a position. */
  public static boolean isBegin(Path file, long position) throws IOException {
    if (position == 0) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer before = ByteBuffer.allocate(1);
      return channel.read(before, position - 1) == 1 && before.get(0) == '\n';
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Reads all that are complete now, or as many as the reader wants. */
  public void read(Reader reader) throws IOException {
    if (file.toFile().length() <= position) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      byte[] chunk = new byte[CHUNK];
      int kept = 0;
      for (int n = read(channel, chunk, kept); n > 0; n = read(channel, chunk, kept)) {
        int used = 0;
        for (int i = kept; i < kept + n; i++) {
          if (chunk[i] == '\n') {
            byte[] line = Arrays.copyOfRange(chunk, used, i);
            position += i + 1 - used;
            used = i + 1;
            if (!reader.read(line, position)) {
              return;
            }
          }
        }
        kept = kept + n - used;
        System.arraycopy(chunk, used, chunk, 0, kept);
        if (kept == chunk.length) {
          if (kept >= LINE) {
            throw new IOException("a line of '" + file + "' is longer than " + LINE + " bytes");
          }
          chunk = Arrays.copyOf(chunk, 2 * kept);
        }
      }
    } catch (NoSuchFileException e) {
      // it was there a moment ago: its job is being removed
    }
  }

  /** Reads behind the bytes that are kept from before. */
  private int read(FileChannel channel, byte[] chunk, int kept) throws IOException {
    return channel.read(ByteBuffer.wrap(chunk, kept, chunk.length - kept), position + kept);
  }
}
