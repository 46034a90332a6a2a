// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.io.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a folder for one training at a time, as two that write into one would spoil each other's files. The operating
 * system lets go of it when the process ends, however it ends; the file {@value #FILE} stays and means nothing by
 * itself.
 */
public final class FolderLock implements AutoCloseable {
  /** The file that is locked. */
  public static final String FILE = ".lock";

  /** What this process has: opening and closing the file once more would lose the lock, as POSIX wants it. */
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes a folder that is there.
   *
   * @throws IllegalStateException if somebody has it, or it lies where files cannot be locked; one line
   * @throws IOException if it cannot be written
   */
  public static FolderLock take(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!TAKEN.add(real)) {
      throw taken(folder);
    }
    FileChannel channel = null;
    FolderLock lock = null;
    try {
      channel = FileChannel.open(real.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(folder, channel)) {
        throw taken(folder);
      }
      lock = new FolderLock(real, channel);
      return lock;
    } finally {
      if (lock == null) {
        TAKEN.remove(real);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static boolean isLocked(Path folder, FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot lock '" + folder.resolve(FILE) + "': " + Reason.of(e)
              + "; choose a folder where files can be locked, on a local disk for instance", e);
    }
  }

  private static IllegalStateException taken(Path folder) {
    return new IllegalStateException(
        "another training is writing into '" + folder + "'; nothing was changed: wait until it ends, or stop it");
  }

  /** Lets go of it. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      TAKEN.remove(folder);
    }
  }
}
