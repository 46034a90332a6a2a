// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Java as this process runs it, for another class: with the same modules, such as an SDK's, and class path. */
final class JavaCommand {
  /**
   * What the launcher adds in a row for a server, which is to be small, and a training is not to have: from the first word to the last,
   * with collectors between them.
   */
  static final List<String> OF_SERVERS = List.of("-XX:TieredStopAtLevel=1", "-Xms16m");

  private static final Predicate<String> COLLECTOR = Pattern.compile("-XX:[-+]Use\\w*GC").asMatchPredicate();
  private static final String CACHE = "-XX:AOTCache=";

  private JavaCommand() {}

  /** The words of a command that runs a class. */
  static List<String> of(Class<?> main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    words.addAll(List.of(arguments));
    return words;
  }

  /** Of a server's options of the JVM those that a training has, too. */
  static List<String> options(List<String> ofServer) {
    List<String> options = new ArrayList<>();
    boolean small = false;
    for (String word : ofServer) {
      small = word.equals(OF_SERVERS.getFirst()) || small && COLLECTOR.test(word);
      if (word.startsWith(CACHE)) {
        trainings(Path.of(word.substring(CACHE.length()))).ifPresent(cache -> options.add(CACHE + cache));
      } else if (!small && !word.equals(OF_SERVERS.getLast())
          && !word.startsWith("-XX:AOTCacheOutput=") && !word.startsWith("-javaagent")) {
        options.add(word);
      }
    }
    return options;
  }

  /** What the launcher keeps of a training's start, beside what it keeps of a server's; nothing if no training was started yet. */
  private static Optional<Path> trainings(Path cache) {
    Path other = cache.resolveSibling(cache.getFileName().toString().replaceFirst("^serve-", "start-"));
    try {
      return Files.exists(other) && Files.size(other) > 0 ? Optional.of(other) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
