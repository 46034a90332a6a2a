// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.CodePoints;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Walks the folders of classes. */
final class ClassFiles {
  private static final Comparator<Path> BY_NAME = Comparator.comparing(Path::toString, CodePoints.ORDER);

  /** Beside the folders of an archive that was packed on a Mac. */
  private static final String MAC = "__MACOSX";

  private ClassFiles() {}

  /** Files that were left out. */
  static final class Ignored {
    private int count;
    private Path first;

    private void add(Path file) {
      first = first == null ? file : first;
      count++;
    }

    /** Tells of them, if there are any. */
    void tell(Path folder, Consumer<String> tell) {
      if (count > 0) {
        tell.accept(
            "left out %,d %s of '%s' that %s hidden or not named as images are: %s%s"
                .formatted(
                    count, count == 1 ? "file" : "files", folder, count == 1 ? "is" : "are", folder.relativize(first),
                    count == 1 ? "" : ", …"));
      }
    }
  }

  private static boolean isHidden(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(".") || name.equals(MAC);
  }

  /** The folders in a folder, sorted. */
  static List<Path> folders(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> Files.isDirectory(entry) && !isHidden(entry)).sorted(BY_NAME).toList();
    } catch (IOException e) {
      throw DataException.unreadableFolder(folder, e);
    }
  }

  /** The image files in a folder and those below, sorted. */
  static List<Path> images(Path folder, Ignored ignored) {
    List<Path> files = new ArrayList<>();
    SimpleFileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
            return below.equals(folder) || !isHidden(below) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file) && ImageFormat.isNamed(file.getFileName().toString()) && !attributes.isOther()) {
              files.add(file); // also a link that leads nowhere: reading it says so
            } else {
              ignored.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof FileSystemLoopException) {
              return FileVisitResult.CONTINUE;
            }
            throw DataException.unreadableFolder(file, e);
          }
        };
    try {
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
    } catch (IOException e) {
      throw DataException.unreadableFolder(folder, e);
    }
    files.sort(BY_NAME);
    return files;
  }
}
