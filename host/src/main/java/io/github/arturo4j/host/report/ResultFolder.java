// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.report;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.run.FolderLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of many runs and what they have come to: a file with the settings, the runs' folders below {@code runs}, and
 * results, each file replaced as a whole. Until it is closed, nobody else may write into it.
 */
public final class ResultFolder implements AutoCloseable {
  private final Path path;
  private final Kind kind;
  private final FolderLock lock;

  /**
   * What such a folder is of.
   *
   * @param noun in messages, such as comparison
   * @param settings the file of the settings
   * @param results the other files
   * @param remains what is there, in messages, where a result cannot be written
   */
  public record Kind(String noun, String settings, List<String> results, String remains) {
    /** Of runs, which remain. */
    public Kind(String noun, String settings, List<String> results) {
      this(noun, settings, results, "the runs are there");
    }

    private boolean isLeftover(Path entry) {
      return AtomicFile.isLeftover(entry, replaced());
    }

    private List<String> replaced() {
      return Stream.concat(Stream.of(settings), results.stream()).toList();
    }
  }

  private ResultFolder(Path path, Kind kind, FolderLock lock) {
    this.path = path;
    this.kind = kind;
    this.lock = lock;
  }

  /**
   * Makes the folder, or opens one of the kind. One in which somebody was killed before the settings were written counts as
   * empty.
   *
   * @throws InputException if it holds something else or cannot be written; one line
   * @throws OperationException if another process has it; one line
   */
  public static ResultFolder open(Path path, Kind kind) {
    try {
      if (Files.exists(path)) {
        refuseOccupied(path, kind);
      }
      Files.createDirectories(path);
      FolderLock lock = FolderLock.take(path);
      try {
        refuseOccupied(path, kind); // now that nobody else can write there
        AtomicFile.deleteLeftovers(path, kind.replaced());
        return new ResultFolder(path, kind, lock);
      } catch (IOException | RuntimeException | Error e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  private static InputException notWritable(Path path, IOException e) {
    return new InputException(
        "cannot write to --out '" + path + "': " + Reason.of(e) + "; name a folder that you may write", e);
  }

  private static void refuseOccupied(Path path, Kind kind) throws IOException {
    if (!Files.exists(path.resolve(kind.settings)) && !isFree(path, kind)) {
      throw new InputException(
          "--out '" + path + "' is not empty and holds no " + kind.noun + "; nothing was changed: name a new folder");
    }
  }

  /** Whether a folder is empty, or holds nothing but what somebody leaves who was killed in the beginning. */
  private static boolean isFree(Path path, Kind kind) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.allMatch(
          entry ->
              kind.isLeftover(entry)
                  || entry.endsWith(FolderLock.FILE) && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS));
    }
  }

  /**
   * The settings it was begun with; nothing if it begins.
   *
   * @throws OperationException if they are damaged; one line
   */
  public <T> Optional<T> settings(Class<T> type) {
    Path file = path.resolve(kind.settings);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Experiments.read(
              file, type,
              "; the file is not as the " + kind.noun + " wrote it: undo what was changed, or name a new folder with --out"));
    } catch (IllegalArgumentException e) {
      throw new OperationException(e.getMessage(), e); // damaged, not a wrong use of the command
    }
  }

  /**
   * Writes the settings.
   *
   * @throws InputException if that fails; one line
   */
  public void begin(Object settings) {
    try {
      AtomicFile.write(path.resolve(kind.settings), bytes(Experiments.write(settings)));
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  /** That it was begun with other settings. */
  public InputException otherSettings(String difference) {
    return new InputException(
        "--out '" + path + "' is a " + kind.noun + " of other settings: " + difference
            + "; nothing was changed: give those it was begun with, or name a new folder");
  }

  /**
   * Writes one of the results.
   *
   * @return the file
   * @throws OperationException if that fails; one line
   */
  public Path write(String name, String text) {
    Path file = path.resolve(name);
    try {
      AtomicFile.write(file, bytes(text));
      return file;
    } catch (IOException e) {
      check(); // if the folder is gone, that is why
      throw new OperationException(
          "cannot write '" + file + "': " + Reason.of(e) + "; " + kind.remains + ": " + Reason.remedy(e)
              + ", and give the same command again", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Throws as {@link FolderLock#check} does. */
  public void check() {
    lock.check();
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** The folder of a run of that name. */
  public Path run(String name) {
    return run(path, name);
  }

  /** That of a run in such a folder, which may be anybody's. */
  public static Path run(Path folder, String name) {
    return folder.resolve("runs").resolve(name);
  }

  /** Lets others have it. */
  @Override
  public void close() {
    lock.close();
  }
}
