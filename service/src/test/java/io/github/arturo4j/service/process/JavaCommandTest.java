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
  private final JavaCommand command = new JavaCommand(null);

  @Test
  void whatTheLauncherAddsForServersIsTakenAway() throws IOException {
    String line =
        Files.readAllLines(Path.of("../arturo")).stream().filter(each -> each.contains("-Xms")).findFirst().orElseThrow();
    assertThat(line.substring(line.indexOf('(') + 1, line.indexOf(')')))
        .isEqualTo(JavaCommand.OF_SERVERS.getFirst() + " ${collector#user} " + JavaCommand.OF_SERVERS.getLast());
    List<String> small = List.of("-Xmx4g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms16m", "-Dtornado.x=y");
    assertThat(command.all(small)).containsExactly("-Xmx4g", "-Dtornado.x=y");
  }

  @Test
  void aTrainingHasTheCollectorOfTheSdkOrTheUser() {
    List<String> ofSdk =
        List.of("-XX:+UseParallelGC", "-XX:TieredStopAtLevel=1", "-XX:-UseParallelGC", "-XX:+UseSerialGC", "-Xms16m", "-Dtornado.x=y");
    assertThat(command.all(ofSdk)).containsExactly("-XX:+UseParallelGC", "-Dtornado.x=y");
    List<String> ofUser =
        List.of("-XX:+UseParallelGC", "-XX:-UseParallelGC", "-XX:TieredStopAtLevel=1", "-Xms16m", "-XX:+UseSerialGC", "-Xmx4g");
    assertThat(command.all(ofUser)).containsExactly("-XX:+UseParallelGC", "-XX:-UseParallelGC", "-XX:+UseSerialGC", "-Xmx4g");
  }

  /** A server that is to be small is no reason for its trainings to be. */
  @Test
  void optionsForJobsReplaceTheUsersAndNoOthers() throws IOException {
    assertThat(Files.readString(Path.of("../arturo"))).contains("command+=(" + JavaCommand.MARK + ")");
    List<String> given = List.of("-Dtornado.x=y", "-Xms16m", JavaCommand.MARK, "-Xmx200m", "-Xms16m", "-javaagent:meters.jar=9400");
    assertThat(command.all(given)).containsExactly("-Dtornado.x=y", "-Xmx200m", "-Xms16m");
    assertThat(new JavaCommand(List.of("-Xmx16g", "-Da=b")).all(given)).containsExactly("-Dtornado.x=y", "-Xmx16g", "-Da=b");
    assertThat(new JavaCommand(List.of()).all(given)).containsExactly("-Dtornado.x=y");
    assertThat(new JavaCommand(List.of("-Xmx16g")).all(List.of("-Dtornado.x=y"))).containsExactly("-Dtornado.x=y", "-Xmx16g");
    List<String> ofSdk = List.of("-XX:+UseParallelGC", "-XX:TieredStopAtLevel=1", "-XX:-UseParallelGC", "-XX:+UseSerialGC", "-Xms16m");
    assertThat(new JavaCommand(List.of("-XX:+UseZGC")).all(ofSdk)).containsExactly("-XX:+UseZGC");
  }

  @Test
  void aTrainingHasWhatJavaKeepsOfTrainings() throws IOException {
    List<String> given = List.of("-XX:AOTCache=" + folder.resolve("serve-7.aot"), "-Xlog:aot=off");
    assertThat(command.all(given)).containsExactly("-Xlog:aot=off");
    Path kept = Files.createFile(folder.resolve("start-7.aot"));
    assertThat(command.all(given)).containsExactly("-Xlog:aot=off"); // there is none to be had on this JDK
    Files.writeString(kept, "something");
    assertThat(command.all(given)).containsExactly("-XX:AOTCache=" + kept, "-Xlog:aot=off");
  }
}
