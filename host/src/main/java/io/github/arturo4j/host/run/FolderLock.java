// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps a folder for one training at a time, as two that write into one would spoil each other's files. The operating
 * system lets go of it when the process ends, however it ends; the file {@value #FILE} stays and means nothing by
 * itself. What a folder holds is read after it was taken; and since a folder can be moved or removed all the same, and
 * the file deleted, {@link #check} comes before each write.
 */
public final class FolderLock implements AutoCloseable {
  /** The file that is locked. */
  public static final String FILE = ".lock";

  /** How often the file may be replaced while it is being taken. */
  private static final int ATTEMPTS = 100;

  /** What this process has: opening and closing a file once more would lose its lock, as POSIX wants it. */
  private static final Set<Identity> TAKEN = new HashSet<>();

  private final Path folder;
  private final FileChannel channel;
  private final Identity identity;

  /**
   * Which file it is that has a name. A file system without inodes tells it by the time it was made.
   *
   * @param path null where the key alone tells
   */
  private record Identity(Object key, Path path) {
    /** That of the file which has the name now; null if there is none. */
    static Identity of(Path file) throws IOException {
      BasicFileAttributes attributes;
      try {
        attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException e) {
        return null;
      }
      if (!attributes.isRegularFile()) {
        throw new OperationException("'" + file + "' is no file that can be locked; move it away");
      }
      return attributes.fileKey() == null
          ? new Identity(attributes.creationTime(), file.toRealPath())
          : new Identity(attributes.fileKey(), null);
    }
  }

  private FolderLock(Path folder, FileChannel channel, Identity identity) {
    this.folder = folder;
    this.channel = channel;
    this.identity = identity;
  }

  /**
   * Takes a folder that is there.
   *
   * @throws OperationException if somebody has it, or it lies where files cannot be locked; one line
   * @throws IOException if it cannot be written
   */
  public static FolderLock take(Path folder) throws IOException {
    return take(folder, "another training is writing into");
  }

  /**
   * The same of what is no training.
   *
   * @param holder who has it if it cannot be had, as words before its name
   */
  public static FolderLock take(Path folder, String holder) throws IOException {
    Path file = folder.resolve(FILE);
    synchronized (TAKEN) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Identity identity = Identity.of(file);
        if (identity == null) {
          make(file); // and look again, as somebody may have put another one in its place
        } else {
          FolderLock lock = take(folder, file, identity, holder);
          if (lock != null) {
            return lock;
          }
        }
      }
    }
    throw taken(folder, holder);
  }

  private static void make(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // somebody was faster
    }
  }

  /** The lock; null if the file has been replaced meanwhile. One that is open keeps its identity to itself. */
  private static FolderLock take(Path folder, Path file, Identity identity, String holder) throws IOException {
    if (TAKEN.contains(identity)) {
      throw taken(folder, holder);
    }
    FolderLock lock = null;
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
    try {
      if (!isLocked(folder, channel)) {
        throw taken(folder, holder);
      }
      if (identity.equals(Identity.of(file))) {
        lock = new FolderLock(folder, channel, identity);
        TAKEN.add(identity);
      }
      return lock;
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static boolean isLocked(Path folder, FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      throw new OperationException(
          "cannot lock '" + folder.resolve(FILE) + "': " + Reason.of(e)
              + "; choose a folder where files can be locked, on a local disk for instance", e);
    }
  }

  private static OperationException taken(Path folder, String holder) {
    return new OperationException(holder + " '" + folder + "'; nothing was changed: wait until it ends, or stop it");
  }

  /**
   * Makes sure that the folder is still the one that was taken.
   *
   * @throws OperationException if it was moved, removed or replaced, or its lock deleted; one line
   */
  public void check() {
    Identity now;
    try {
      now = Identity.of(folder.resolve(FILE));
    } catch (IOException | IllegalStateException e) {
      now = null; // what cannot be seen is not ours any more
    }
    if (!identity.equals(now)) {
      throw new OperationException(
          "'" + folder + "' is not this training's any more: it was moved or removed, or its " + FILE
              + " deleted; nothing more was written: go on where the folder is now, or begin anew in another one");
    }
  }

  /** Lets go of it. */
  @Override
  public void close() {
    synchronized (TAKEN) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        TAKEN.remove(identity);
      }
    }
  }
}
