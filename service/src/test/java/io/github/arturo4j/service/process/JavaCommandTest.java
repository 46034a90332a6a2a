// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With which options of the JVM a server starts trainings. */
class JavaCommandTest {
  @TempDir Path folder;

  @Test
  void whatTheLauncherAddsForServersIsTakenAway() throws IOException {
    String line =
        Files.readAllLines(Path.of("../arturo")).stream().filter(each -> each.contains("-Xms")).findFirst().orElseThrow();
    List<String> added = List.of(line.substring(line.indexOf('(') + 1, line.indexOf(')')).split(" "));
    assertThat(JavaCommand.OF_SERVERS).containsExactlyElementsOf(added);
    assertThat(JavaCommand.options(List.of("-Xmx4g", "-XX:+UseSerialGC", "-Dtornado.x=y", "-Xms16m", "-XX:TieredStopAtLevel=1")))
        .containsExactly("-Xmx4g", "-Dtornado.x=y");
  }

  @Test
  void aTrainingHasWhatJavaKeepsOfTrainings() throws IOException {
    List<String> given = List.of("-XX:AOTCache=" + folder.resolve("serve-7.aot"), "-Xlog:aot=off");
    assertThat(JavaCommand.options(given)).containsExactly("-Xlog:aot=off");
    Path kept = Files.createFile(folder.resolve("start-7.aot"));
    assertThat(JavaCommand.options(given)).containsExactly("-Xlog:aot=off"); // there is none to be had on this JDK
    Files.writeString(kept, "something");
    assertThat(JavaCommand.options(given)).containsExactly("-XX:AOTCache=" + kept, "-Xlog:aot=off");
  }
}
