// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher tells without Java is what Java would tell. */
class HelpTextsTest {
  @TempDir Path folder;

  @Test
  void eachCommandsHelpIsWhatItPrints() throws IOException {
    HelpTexts.main(new String[] {folder.toString()});
    assertThat(folder.resolve("plain/arturo.txt")).hasContent(Cli.run("--help").out());
    assertThat(folder.resolve("plain/arturo/train.txt")).hasContent(Cli.run("train", "--help").out());
    assertThat(folder.resolve("plain/arturo/bench/report.txt")).hasContent(Cli.run("bench", "report", "--help").out());
    assertThat(folder.resolve("colored/arturo/train.txt")).content().contains("\u001b[1marturo train\u001b[21m");
    List<String> names = Main.commandLine().getSubcommands().keySet().stream().sorted().toList();
    for (String colors : List.of("plain", "colored")) {
      try (Stream<Path> files = Files.list(folder.resolve(colors).resolve("arturo"))) {
        assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString().replace(".txt", "")).sorted())
            .isEqualTo(names);
      }
    }
  }
}
