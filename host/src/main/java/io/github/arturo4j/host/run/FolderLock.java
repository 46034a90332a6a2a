// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Keeps a folder for one process at a time, as two that write into one would spoil each other's files. The operating
 * system lets go of it when the process ends, however it ends; a file {@code .lock} that a killed process leaves behind
 * means nothing by itself.
 */
public final class FolderLock implements AutoCloseable {
  private static final String FILE = ".lock";

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes a folder that is there.
   *
   * @throws IllegalStateException if somebody has it
   * @throws IOException if it cannot be written, or lies where files cannot be locked
   */
  public static FolderLock take(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      taken = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // by this process
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    if (!taken) {
      throw new IllegalStateException(
          "another training is writing into '" + folder + "'; nothing was changed: wait until it ends, or stop it");
    }
    return new FolderLock(file, channel);
  }

  /** Whether a folder that is there holds nothing that would be spoilt. */
  public static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.allMatch(entry -> entry.endsWith(FILE));
    }
  }

  /** Lets go of it. */
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file); // before it is unlocked, or it might be somebody else's
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
