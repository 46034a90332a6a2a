// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.natives;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of this user's with unpacked libraries. A library is taken from it if the very file that is loaded belongs to
 * this user, nobody else can write it, and it has the bytes that the artifact has; else it is unpacked anew. Writers
 * exclude each other, and put a file in its place when it is whole.
 *
 * @param folder made if it is not there
 */
record LibraryCache(Path folder) {
  private static final int WRITABLE_BY_OTHERS = 022;
  private static final FileAttribute<?> OWN_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWN_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * The unpacked library, by its descriptor; nothing while another one unpacks.
   *
   * @throws IOException if the folder will not do; the message says why
   */
  Optional<Path> open(LibraryResource library) throws IOException {
    try {
      Files.createDirectories(folder, OWN_FOLDER);
      if (!isOwn(folder)) {
        throw new IOException("it belongs to another user, or others can write to it");
      }
      Path file = folder.resolve("%08x-%s".formatted(library.checksum(), library.name()));
      Optional<Path> found = find(library, file);
      return found.isPresent() || !unpack(library, file) ? found : find(library, file);
    } catch (IOException | UnsupportedOperationException e) {
      throw new IOException(reason(e), e);
    }
  }

  private static Optional<Path> find(LibraryResource library, Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Path opened = Descriptor.open(file);
    return isOwn(opened) && Files.isRegularFile(opened) && library.isIn(opened) ? Optional.of(opened) : Optional.empty();
  }

  /** Whether a file or folder belongs to this user, and others cannot write to it. */
  private static boolean isOwn(Path path) throws IOException {
    Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    return Files.getAttribute(path, "unix:uid").equals(user)
        && ((int) Files.getAttribute(path, "unix:mode") & WRITABLE_BY_OTHERS) == 0;
  }

  /** Writes a library beside its place, and renames it; false if another one does so just now. */
  private boolean unpack(LibraryResource library, Path file) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(".lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                OWN_FILE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return false;
      }
      Path part = folder.resolve(file.getFileName() + ".part");
      try {
        Files.deleteIfExists(part); // a writer was killed
        Files.createFile(part, OWN_FILE);
        library.writeTo(part);
        try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
          written.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      return true;
    } catch (OverlappingFileLockException e) { // by another class loader's copy of this class
      return false;
    }
  }

  private static String reason(Exception failure) {
    return switch (failure) {
      case AccessDeniedException e -> "permission denied";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      case FileAlreadyExistsException e -> "'" + e.getFile() + "' is no folder";
      case FileSystemException e -> "it cannot be made";
      default -> failure.getMessage();
    };
  }
}
