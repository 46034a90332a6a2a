// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.LauncherFixture.executable;
import static io.github.arturo4j.host.cli.LauncherFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script: the JDK it takes, and the command that it makes. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir Path temporary;
  private LauncherFixture launcher;

  @BeforeEach
  void copyTheScript() throws IOException {
    launcher = new LauncherFixture(temporary);
  }

  @Test
  void withoutANewJdkItSaysWhatToInstall() throws Exception {
    Path old = launcher.jdk("usr/lib/jvm/jdk-21", "21.0.5");
    launcher.jdk("usr/lib/jvm/jdk-8", "1.8.0_402");
    refused(launcher.run(Map.of("JAVA_HOME", old.toString()), "devices"), "needs JDK 25 or newer", "install one",
        "set JAVA_HOME");
    refused(launcher.run(Map.of(), "--show-command"), "needs JDK 25 or newer");
  }

  @Test
  void itFindsTheJdkWhereverItUsuallyIs() throws Exception {
    Path old = launcher.jdk("usr/lib/jvm/jdk-21", "21.0.5");
    for (String path : List.of("own", ".sdkman/candidates/java/25-tem", "opt/jdk-25", "usr/lib/jvm/jdk-25")) {
      Path jdk = launcher.jdk(path, "25");
      Map<String, String> settings = Map.of("JAVA_HOME", (path.equals("own") ? jdk : old).toString());
      assertThat(launcher.showCommand(settings).out()).startsWith(jdk + "/bin/java ");
      Files.delete(jdk.resolve("release"));
    }
  }

  /** Where neither JAVA_HOME nor the PATH chooses, the oldest that will do: what most people have tried. */
  @Test
  void ofSeveralJdksItTakesTheOneChosenElseTheOldest() throws Exception {
    Path newest = launcher.jdk("usr/lib/jvm/a-jdk-27", "27-ea");
    Path oldest = launcher.jdk("usr/lib/jvm/b-jdk-25", "25.0.3");
    Path middle = launcher.jdk("usr/lib/jvm/c-jdk-26", "26.0.1");
    assertThat(launcher.showCommand(Map.of()).out()).startsWith(oldest + "/bin/java ");
    String path = middle + "/bin:/usr/bin:/bin";
    assertThat(launcher.showCommand(Map.of("PATH", path)).out()).startsWith(middle + "/bin/java ");
    Map<String, String> both = Map.of("PATH", path, "JAVA_HOME", newest.toString());
    assertThat(launcher.showCommand(both).out()).startsWith(newest + "/bin/java ");
  }

  /** What is no version, or no program, counts as no JDK. */
  @Test
  void whatIsNoJdkIsPassedBy() throws Exception {
    Path jdk = launcher.jdk25();
    for (String version : List.of("99999999999999999999", "", "x", "25")) {
      Path other = launcher.jdk("other", version);
      if (version.equals("25")) {
        Files.delete(other.resolve("bin/java"));
        Files.createDirectory(other.resolve("bin/java"));
      }
      Outcome outcome = launcher.showCommand(Map.of("JAVA_HOME", other.toString()));
      assertThat(outcome.out()).as(version).startsWith(jdk + "/bin/java ");
      assertThat(outcome.err()).as(version).isEmpty();
    }
  }

  @Test
  void aJavaOfAnotherSystemIsNamed() throws Exception {
    Path jdk = launcher.jdk25();
    executable(jdk.resolve("bin/java"), "#!/no/such/loader\n");
    Outcome outcome = launcher.run(Map.of(), "devices");
    assertThat(outcome.err().lines().toList().getLast()).isEqualTo(
        "arturo: '" + jdk + "/bin/java' does not run on this system; set JAVA_HOME to a JDK 25 or newer that is made for it");
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void aWorkingFolderThatIsGoneIsSaid() throws Exception {
    launcher.jdk25();
    Path gone = Files.createDirectory(launcher.folder.resolve("gone"));
    List<String> command =
        List.of("bash", "-c", "cd '" + gone + "'; rmdir '" + gone + "'; exec \"$0\" devices", launcher.checkout + "/arturo");
    Outcome outcome = launcher.run(launcher.builder(Map.of()).command(command));
    assertThat(outcome.err().lines().toList().getLast()) // what Bash says of it comes first
        .isEqualTo("arturo: the folder you are in has been removed; go to another one with 'cd'");
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void aNewerJdkMayHaveDroppedOptions() throws Exception {
    Path newer = launcher.jdk("usr/lib/jvm/jdk-26", "26");
    assertThat(launcher.showCommand(Map.of()).out()).startsWith(
        newer + "/bin/java -XX:+IgnoreUnrecognizedVMOptions -XX:LoopUnrollLimit=1000 ");
  }

  @Test
  void showCommandPrintsTheCommand() throws Exception {
    Path jdk = launcher.jdk25();
    Outcome outcome = launcher.run(Map.of("ARTURO_OPTS", "-Xmx3g -Dx=*"), "--show-command", "train", "a b");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith(jdk + "/bin/java -XX:LoopUnrollLimit=1000 ")
        .contains(" -Xmx3g -Dx=\\* -cp " + launcher.checkout + "/lib/\\* ")
        .endsWith("io.github.arturo4j.host.cli.Main train a\\ b \n")
        .doesNotContain("tornado");
  }

  /** C2 would take longer than all of it. */
  @Test
  void whoAsksForHelpGetsItWithoutC2() throws Exception {
    launcher.jdk25();
    for (String word : List.of("--help", "-h", "--version", "-V")) {
      assertThat(launcher.run(Map.of(), "--show-command", "train", word).out()).contains(" -XX:TieredStopAtLevel=1 ");
    }
    assertThat(launcher.showCommand(Map.of()).out()).doesNotContain("TieredStopAtLevel");
  }

  @Test
  void theProgramGetsItsArgumentsAndItsExitCodeComesBack() throws Exception {
    launcher.jdk25();
    Outcome outcome = launcher.run(Map.of(), "train", "my experiment.yaml", "*");
    assertThat(outcome.out()).endsWith("<io.github.arturo4j.host.cli.Main>\n<train>\n<my experiment.yaml>\n<*>\n");
    assertThat(outcome.code()).isEqualTo(7);
  }

  /** Java opens no file whose name has letters that the locale does not know. */
  @Test
  void theLocaleKnowsMoreThanAscii() throws Exception {
    executable(launcher.jdk25().resolve("bin/java"), "#!/bin/sh\nlocale charmap\n");
    List<Map<String, String>> locales = List.of(
        Map.of(), Map.of("LANG", "C"), Map.of("LC_ALL", "POSIX"), Map.of("LANG", "xx_YY.UTF-8"), Map.of("LC_CTYPE", "C"),
        Map.of("LC_ALL", "C.UTF-8"));
    for (Map<String, String> locale : locales) {
      ProcessBuilder builder = launcher.builder(locale, "devices");
      builder.environment().keySet().removeIf(name -> name.matches("LC_.*|LANG.*") && !locale.containsKey(name));
      assertThat(launcher.run(builder)).as("%s", locale).isEqualTo(new Outcome(0, "UTF-8\n", ""));
    }
  }

  @Test
  void aColonInTheFoldersNameIsRefused() throws Exception {
    launcher.jdk25();
    Path moved = launcher.folder.resolve("a:b");
    Files.move(launcher.checkout, moved);
    List<String> command = Stream.of(moved + "/arturo", "devices").toList();
    refused(launcher.run(launcher.builder(Map.of()).command(command)), "the folder '" + moved + "'", "rename");
  }

  /** Where Java cannot open its own jars, it only says that there is no such class. */
  @Test
  void aLimitOfOpenFilesThatWouldEndTheProgramIsSaid() throws Exception {
    launcher.jdk25();
    String script = launcher.checkout + "/arturo";
    for (int limit : new int[] {20, 255}) {
      List<String> command = List.of("bash", "-c", "ulimit -n " + limit + "; exec \"$0\" devices", script);
      refused(
          launcher.run(launcher.builder(Map.of()).command(command)),
          "may have only " + limit + " files open at once, and needs 256", "ulimit");
    }
    List<String> enough = List.of("bash", "-c", "ulimit -n 256; exec \"$0\" devices", script);
    assertThat(launcher.run(launcher.builder(Map.of()).command(enough)).code()).isEqualTo(7);
  }
}
