// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.FileKind;
import io.github.arturo4j.host.io.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipException;

/**
 * Fetches what is missing in a folder. A file gets its name only when all of it is there and its checksum was right;
 * before, it ends in {@code .part}, and what an interrupted download has left is deleted by the next. One process at a
 * time fetches into a folder: it locks the file {@code .lock} there, which stays and means nothing by itself.
 *
 * @param folder made if need be
 * @param remedy what to do if a file cannot be fetched, for the end of a message
 * @param patience with servers
 * @param proxies on the way to them
 * @param tell gets a line before a download begins
 */
record Download(
    Path folder, String remedy, Patience patience, EnvironmentProxies proxies, Consumer<String> tell) {
  private static final String PART = ".part";
  private static final String LOCK = ".lock";
  private static final String ROOM = "; make room or make the folder writable, or move the cache with XDG_CACHE_HOME";

  /** One with the usual patience, by the proxies of the environment. */
  Download(Path folder, String remedy, Consumer<String> tell) {
    this(folder, remedy, Patience.USUAL, new EnvironmentProxies(System.getenv()), tell);
  }

  /** What is done with a fetched file. */
  private interface Placing {
    void place(URI source, Path part) throws IOException;
  }

  /**
   * Fetches a file under its own name.
   *
   * @param folders on the web, of which the first that has it will do
   * @throws DataException if it cannot be fetched or has another checksum
   */
  void file(List<URI> folders, PublishedFile file) {
    Path target = folder.resolve(file.name());
    fetch(
        folders, file, List.of(target),
        (source, part) -> Files.move(part, target, StandardCopyOption.ATOMIC_MOVE));
  }

  /**
   * Fetches a gzipped tar archive and keeps the files with these names, wherever in it they are.
   *
   * @throws DataException if it cannot be fetched, has another checksum, or not all of these files
   */
  void archive(URI web, PublishedFile archive, List<String> names) {
    List<Path> targets = names.stream().map(folder::resolve).toList();
    fetch(List.of(web), archive, targets, (source, part) -> unpack(source, part, targets));
  }

  private static boolean isMissing(List<Path> targets) {
    return targets.stream().anyMatch(target -> !Files.exists(target));
  }

  private void unpack(URI source, Path archive, List<Path> targets) throws IOException {
    try (TarGz tar = new TarGz(archive)) {
      for (TarGz.Entry entry = tar.next(); entry != null; entry = tar.next()) {
        String name = entry.name().substring(entry.name().lastIndexOf('/') + 1);
        Path target = folder.resolve(name);
        if (targets.contains(target) && !Files.exists(target)) {
          Path part = AtomicFile.temporary(target);
          entry.copyTo(part);
          Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    for (Path target : targets) {
      if (!Files.exists(target)) {
        throw new DataException(source + " has no file " + target.getFileName());
      }
    }
  }

  private void fetch(List<URI> folders, PublishedFile file, List<Path> targets, Placing placing) {
    if (!isMissing(targets)) {
      return;
    }
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS);
          FileLock lock = lock(channel)) {
        try {
          deleteParts();
          if (isMissing(targets)) { // another process may have fetched it meanwhile
            fetchAlone(folders, file, placing);
          }
        } finally {
          deleteParts();
        }
      }
    } catch (IOException e) {
      throw new DataException(
          "cannot fetch " + file.name() + " into '" + folder + "': " + Reason.of(e) + ROOM + remedy, e);
    }
  }

  /** From the first of these folders that has it. */
  private void fetchAlone(List<URI> folders, PublishedFile file, Placing placing) throws IOException {
    for (URI web : folders) {
      try {
        fetchAlone(web.resolve(file.name()), file, placing);
        return;
      } catch (DataException e) {
        if (web.equals(folders.getLast())) {
          throw new DataException(e.getMessage() + remedy, e);
        }
        tell.accept(e.getMessage() + "; trying another address");
      }
    }
  }

  private FileLock lock(FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock == null) {
      tell.accept("Waiting for another download into '" + folder + "'");
      lock = channel.lock();
    }
    return lock;
  }

  private void deleteParts() throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*" + PART)) {
      for (Path part : parts) {
        if (Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(part);
        }
      }
    }
  }

  private void fetchAlone(URI source, PublishedFile file, Placing placing) throws IOException {
    Path part = AtomicFile.temporary(folder.resolve(file.name()));
    try (WebFile web = new WebFile(source, file.max(), patience, proxies)) {
      tell.accept("Downloading " + source + size(web.size()) + " into '" + folder + "'");
      try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        byte[] buffer = new byte[1 << 16];
        for (int n = web.read(buffer); n >= 0; n = web.read(buffer)) {
          out.write(buffer, 0, n);
        }
      }
    }
    try {
      Optional<String> fault = file.checksum().fault(part);
      if (fault.isPresent()) {
        throw new DataException(source + " " + fault.get());
      }
      placing.place(source, part);
    } catch (EOFException | ZipException e) {
      String kind =
          FileKind.of(part)
              .filter(found -> found != FileKind.GZIP)
              .map(FileKind::words)
              .orElse("truncated or no gzip file");
      throw new DataException(source + " is " + kind + " (" + e.getMessage() + ")", e);
    }
  }

  private static String size(long bytes) {
    return bytes < 0 ? "" : String.format(Locale.ROOT, " (%.1f MB)", bytes * 1e-6);
  }
}
