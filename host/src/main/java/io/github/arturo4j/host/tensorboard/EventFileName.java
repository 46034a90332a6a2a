// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tensorboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of the files that TensorBoard looks for. It reads those of a folder by the order of their names. */
final class EventFileName {
  private static final String PREFIX = "events.out.tfevents.";
  private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "([0-9]{10})\\..*");

  private EventFileName() {}

  /** The path of a folder's next file: of that time, or a second behind the last one that is there. */
  static Path next(Path folder, Instant now) throws IOException {
    long last;
    try (Stream<Path> entries = Files.list(folder)) {
      last =
          entries.map(entry -> NAME.matcher(entry.getFileName().toString()))
              .filter(Matcher::matches)
              .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
              .max()
              .orElse(0);
    }
    return folder.resolve(PREFIX + "%010d.%s".formatted(Math.max(now.getEpochSecond(), last + 1), host()));
  }

  /** The machine's name, without asking a network for it. */
  private static String host() {
    try {
      String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).replaceAll("[^A-Za-z0-9.-]", "");
      return name.isEmpty() ? "localhost" : name;
    } catch (IOException e) {
      return "localhost";
    }
  }
}
