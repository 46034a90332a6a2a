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

/**
 * Java as this process runs it, for another class: with the same modules, such as an SDK's, and class path.
 *
 * @param options of the JVM in place of those that the user has given this process; null for the same
 */
public record JavaCommand(List<String> options) {
  /**
   * What the launcher adds in a row for a server, which is to be small, and a training is not to have: from the first word to the last,
   * with collectors between them.
   */
  static final List<String> OF_SERVERS = List.of("-XX:TieredStopAtLevel=1", "-Xms16m");

  /** What the launcher puts before the options that the user has given it. */
  static final String MARK = "-Darturo.opts";

  private static final Predicate<String> COLLECTOR = Pattern.compile("-XX:[-+]Use\\w*GC").asMatchPredicate();
  private static final String CACHE = "-XX:AOTCache=";

  /** The words of a command that runs a class. */
  List<String> of(Class<?> main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(all(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    words.addAll(List.of(arguments));
    return words;
  }

  /** Options of the JVM: of a server's own those that a training has, too, then the user's. */
  List<String> all(List<String> ofServer) {
    int mark = ofServer.indexOf(MARK);
    boolean chosen = options != null && options.stream().anyMatch(COLLECTOR); // Java starts with one collector only
    List<String> all = new ArrayList<>();
    boolean small = false;
    for (String word : mark < 0 ? ofServer : ofServer.subList(0, mark)) {
      small = word.equals(OF_SERVERS.getFirst()) || small && COLLECTOR.test(word);
      boolean dropped = small || word.equals(OF_SERVERS.getLast()) || chosen && COLLECTOR.test(word);
      if (word.startsWith(CACHE)) {
        trainings(Path.of(word.substring(CACHE.length()))).ifPresent(cache -> all.add(CACHE + cache));
      } else if (!dropped && !word.startsWith("-XX:AOTCacheOutput=") && !isAgent(word)) {
        all.add(word);
      }
    }
    if (options != null) {
      all.addAll(options);
    } else if (mark >= 0) {
      ofServer.subList(mark + 1, ofServer.size()).stream().filter(word -> !isAgent(word)).forEach(all::add);
    }
    return all;
  }

  /** An agent may have a file or a port, which it cannot have twice. */
  private static boolean isAgent(String word) {
    return word.startsWith("-javaagent");
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
