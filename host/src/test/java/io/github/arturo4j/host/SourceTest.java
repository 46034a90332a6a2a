// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the compiler lets pass in the sources of all modules. */
class SourceTest {
  private static final int MAX_COLUMNS = 140;
  private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?[\\w.]*?(\\w+);$");

  private static List<Path> sources() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String module : List.of("jvm", "kernels", "collective", "models", "host", "service")) {
      try (Stream<Path> all = Files.walk(Path.of("..", module, "src"))) {
        all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    assertThat(files).hasSizeGreaterThan(500);
    return files;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyImportIsUsed() throws IOException {
    for (Path file : sources()) {
      String text = text(file);
      String code = IMPORT.matcher(text).replaceAll("");
      Matcher imports = IMPORT.matcher(text);
      while (imports.find()) {
        assertThat(code).as("%s", file).containsPattern("\\b" + imports.group(1) + "\\b");
      }
    }
  }

  /** But for TornadoVM's API, whose methods have a type parameter for each of up to twenty arguments. */
  @Test
  void aLineFitsTheScreen() throws IOException {
    for (Path file : sources().stream().filter(file -> !file.toString().contains("uk/ac/manchester")).toList()) {
      assertThat(text(file).lines().filter(line -> line.length() > MAX_COLUMNS)).as("%s", file).isEmpty();
    }
  }
}
