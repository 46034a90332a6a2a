// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Java as this process runs it, for another class: with the same modules, such as an SDK's, and class path. */
final class JavaCommand {
  /** What the launcher adds for a server, which is to be small, and a training is not to have. */
  private static final List<String> OF_SERVERS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:MaxRAM=");

  private JavaCommand() {}

  /** The words of a command that runs a class. */
  static List<String> of(Class<?> main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(word -> OF_SERVERS.stream().noneMatch(word::startsWith) && !word.startsWith("-javaagent"))
        .forEach(words::add);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    words.addAll(List.of(arguments));
    return words;
  }
}
