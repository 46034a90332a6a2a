// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is in a folder, for a message about what is not. */
public final class FolderListing {
  private static final int SHOWN = 8;
  private static final int DEPTH = 2;
  private static final int MAX_VISITED = 2000;

  /** Parts of the names that data sets' files have. */
  private static final Pattern NEAR =
      Pattern.compile("images|labels|idx|ubyte|batch|train|test|t10k|\\.bin|cifar|mnist");

  private FolderListing() {}

  /**
   * The entries, those first that look like a data set's: {@code there are: a, b/ and 7 more}.
   *
   * @throws DataException if they cannot be read
   */
  public static String of(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> names =
          entries
              .filter(entry -> !entry.getFileName().toString().startsWith("."))
              .map(entry -> entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""))
              .sorted(Comparator.comparing((String name) -> !isNear(name)).thenComparing(name -> name))
              .toList();
      int more = names.size() - SHOWN;
      return names.isEmpty()
          ? "the folder is empty"
          : "there are: " + names.stream().limit(SHOWN).collect(Collectors.joining(", "))
              + (more > 0 ? " and %,d more".formatted(more) : "");
    } catch (IOException e) {
      throw DataException.unreadableFolder(folder, e);
    }
  }

  private static boolean isNear(String name) {
    return NEAR.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  /** The first folder below another that is such a one, where it is near and not too much lies before it. */
  public static Optional<Path> below(Path folder, Predicate<Path> such) {
    try (Stream<Path> entries = Files.walk(folder, DEPTH)) {
      return entries.limit(MAX_VISITED).filter(Files::isDirectory).filter(such).sorted().findFirst();
    } catch (IOException | UncheckedIOException e) { // one that may not be read
      return Optional.empty();
    }
  }
}
