// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.LauncherFixture.executable;
import static io.github.arturo4j.host.cli.LauncherFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher script builds what it runs. Maven is a script here whose jar holds the source's text, and java one that
 * prints the jar; both wait while a file of that name is there.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherBuildTest {
  private static final String BUILDING = "arturo: building (first use, or the sources have changed)\n";

  private static final String PREPARING = "arturo: preparing faster starts\n";

  @TempDir Path temporary;
  private LauncherFixture launcher;
  private Path source;

  @BeforeEach
  void copyTheScript() throws IOException {
    launcher = new LauncherFixture(temporary);
    source = Files.createDirectories(launcher.checkout.resolve("jvm/src/main")).resolve("A.java");
    Files.writeString(source, "one\n");
    Files.writeString(launcher.checkout.resolve("pom.xml"), "<project/>\n");
    Files.writeString(launcher.checkout.resolve("jvm/pom.xml"), "<project/>\n");
    java("exit 0"); // of a JDK that keeps nothing of a start
    maven("""
        mkdir -p service/target/lib
        echo a >service/target/lib/a.jar
        echo old >service/target/lib/picocli-1.jar
        cp jvm/src/main/A.java service/target/arturo4j-service.jar
        printf '\\033[0m\\033[31mfrom Maven\\033[0m\\n'
        """);
  }

  /** A java that does so where it is to keep what it has done at a start, and in {@code $file}. */
  private void java(String keeps) throws IOException {
    java(keeps, "exit 0");
  }

  /** One that does so, too, where it is to write the commands' help, into a folder that is its last argument. */
  private void java(String keeps, String helps) throws IOException {
    executable(launcher.jdk25().resolve("bin/java"), """
        #!/bin/sh
        case $1 in */host/src/main/build/ModernClassFiles.java) echo later >"$2"; exit 0;; esac
        case "$*" in *".HelpTexts "*) HELPS;; esac
        for word; do
          case $word in -XX:AOTCacheOutput=*) file=${word#*=}; KEEPS;; esac
        done
        """.replace("KEEPS", keeps).replace("HELPS", helps) + script("java").substring("#!/bin/sh\n".length()) + """
        for word; do
          case $word in -XX:AOTCache=*) echo "with $(cat "${word#*=}")";; esac
        done
        while [ "$1" != -cp ]; do shift; done
        cat "${2%/*}/arturo4j-service.jar"
        """);
  }

  private void maven(String steps) throws IOException {
    executable(launcher.folder.resolve("bin/mvn"), script("maven") + """
        while [ "$1" != -f ]; do shift; done
        cd "${2%/*}"
        """ + steps);
  }

  private String script(String name) {
    String file = launcher.folder.resolve(name).toString();
    return "#!/bin/sh\necho run >>'" + file + "-runs'\nwhile [ -e '" + file + "' ]; do sleep 0.05; done\n";
  }

  @AfterEach
  void letGo() throws IOException {
    Files.deleteIfExists(launcher.folder.resolve("maven"));
    Files.deleteIfExists(launcher.folder.resolve("java"));
  }

  private Outcome run() throws Exception {
    return launcher.run(Map.of(), "devices");
  }

  private CompletableFuture<Outcome> start() {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return run();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private static Outcome end(CompletableFuture<Outcome> started) throws Exception {
    return started.get(60, TimeUnit.SECONDS);
  }

  private void waitForRuns(String name, int count) throws Exception {
    while (runs(name) < count) {
      Thread.sleep(10);
    }
  }

  private int runs(String name) throws IOException {
    Path file = launcher.folder.resolve(name + "-runs");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  /** The builds that are kept; beside them lies nothing but the lock. */
  private List<Path> builds() throws IOException {
    try (Stream<Path> entries = Files.list(launcher.checkout.resolve(".build"))) {
      return entries.filter(entry -> !entry.endsWith("lock")).toList();
    }
  }

  @Test
  void itBuildsOnceAndWithoutEscapeCodes() throws Exception {
    assertThat(run()).isEqualTo(new Outcome(0, "one\n", BUILDING + "from Maven\n" + PREPARING));
    assertThat(run()).isEqualTo(new Outcome(0, "one\n", ""));
    assertThat(runs("maven")).isEqualTo(1);
    assertThat(builds()).singleElement().satisfies(build -> assertThat(build.resolve("a.jar")).exists());
  }

  @Test
  void showCommandAnswersBeforeAnythingIsBuilt() throws Exception {
    String shown = launcher.showCommand(Map.of()).out();
    assertThat(launcher.checkout.resolve(".build")).doesNotExist();
    run();
    assertThat(shown).contains(" -cp " + builds().get(0) + "/\\* ");
  }

  @Test
  void aFailureSaysHowToSeeItAndTheNextStartBuilds() throws Exception {
    maven("exit 1\n");
    Outcome failed = run();
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).startsWith(BUILDING + "arturo: the build failed; 'mvn ");
    maven("mkdir -p service/target/lib\ncp jvm/src/main/A.java service/target/arturo4j-service.jar\n");
    assertThat(run().out()).isEqualTo("one\n");
  }

  private void copyTheScriptAnew() throws IOException {
    maven("mkdir -p service/target/lib\ncp jvm/src/main/A.java service/target/arturo4j-service.jar\n");
  }

  @Test
  void whatTheSourcesSayDecidesNotTheirTimes() throws Exception {
    run();
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plus(Duration.ofDays(9))));
    Files.writeString(source.resolveSibling(".A.java.swp"), "an editor's");
    assertThat(run()).isEqualTo(new Outcome(0, "one\n", ""));
    Files.writeString(source, "two\n");
    Files.setLastModifiedTime(source, FileTime.fromMillis(0));
    assertThat(run().out()).isEqualTo("two\n");
    Files.move(source, source.resolveSibling("B.java")); // the same text, elsewhere
    assertThat(run().err()).startsWith(BUILDING);
  }

  @Test
  void whatIsEditedDuringTheBuildIsBuiltByTheNextStart() throws Exception {
    Path hold = Files.createFile(launcher.folder.resolve("maven"));
    CompletableFuture<Outcome> first = start();
    waitForRuns("maven", 1);
    Files.writeString(source, "two\n");
    Files.delete(hold);
    assertThat(end(first).out()).isEqualTo("one\n");
    assertThat(run().out()).isEqualTo("two\n");
  }

  @Test
  void oneBuildsAndTheOthersWait() throws Exception {
    Path hold = Files.createFile(launcher.folder.resolve("maven"));
    CompletableFuture<Outcome> first = start();
    waitForRuns("maven", 1);
    List<CompletableFuture<Outcome>> others = List.of(start(), start());
    Thread.sleep(300); // so that the others do come while the first builds; were they late, they would find it built
    Files.delete(hold);
    assertThat(end(first).out()).isEqualTo("one\n");
    assertThat(first.get().err().replace(PREPARING, "")).isEqualTo(BUILDING + "from Maven\n");
    for (CompletableFuture<Outcome> other : others) {
      assertThat(end(other).out()).isEqualTo("one\n");
      assertThat(other.get().err().replace(PREPARING, "")).isIn("arturo: another start is building; waiting for it\n", "");
    }
    assertThat(runs("maven")).isEqualTo(1);
  }

  @Test
  void aKilledBuildLeavesNothingInTheWay() throws Exception {
    Path hold = Files.createFile(launcher.folder.resolve("maven"));
    Process killed = launcher.builder(Map.of(), "devices").start();
    waitForRuns("maven", 1);
    killed.destroyForcibly().waitFor(); // its Maven goes on
    CompletableFuture<Outcome> next = start();
    Files.delete(hold);
    assertThat(end(next).out()).isEqualTo("one\n");
    assertThat(runs("maven")).isEqualTo(2);
    assertThat(builds()).hasSize(1);
  }

  /** As a supervisor sends it; at a terminal, Maven gets it too. */
  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void aSignalToTheShellAloneEndsTheBuildToo(String signal, int code) throws Exception {
    Path hold = Files.createFile(launcher.folder.resolve("maven"));
    Process builds = signalled();
    waitForRuns("maven", 1);
    Process waits = signalled();
    assertThat(waits.errorReader().readLine()).isEqualTo("arturo: another start is building; waiting for it");
    Thread.sleep(100); // so that it does wait; were it slow, it would end as well
    for (Process process : List.of(waits, builds)) {
      StopSignalTest.kill(process, signal);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(code);
    }
    assertThat(builds.errorReader().lines()).containsExactly(BUILDING.strip());
    Files.delete(hold);
    assertThat(run().out()).isEqualTo("one\n");
    assertThat(runs("maven")).isEqualTo(2);
  }

  /** A start that no shell around the tests keeps from being signalled. */
  private Process signalled() throws IOException {
    ProcessBuilder builder = launcher.builder(Map.of(), "devices");
    return builder
        .command(Stream.concat(Stream.of("env", "--default-signal=INT,HUP"), builder.command().stream()).toList())
        .start();
  }

  @Test
  void aRunningProgramKeepsItsBuildUntilItEnds() throws Exception {
    Path hold = Files.createFile(launcher.folder.resolve("java"));
    Process training = launcher.builder(Map.of(), "train").start(); // builds first
    waitForRuns("java", 1);
    Files.writeString(source, "two\n");
    CompletableFuture<Outcome> rebuilding = start();
    waitForRuns("maven", 2);
    while (builds().size() < 2 || builds().stream().anyMatch(build -> build.endsWith("new"))) {
      Thread.sleep(10);
    }
    Files.delete(hold);
    assertThat(end(rebuilding).out()).isEqualTo("two\n");
    assertThat(training.inputReader().readLine()).isEqualTo("one");
    training.waitFor();
    Files.writeString(source, "three\n");
    assertThat(run().out()).isEqualTo("three\n");
    assertThat(builds()).hasSize(1);
  }

  @Test
  void whereNothingCanBeWrittenItSaysWhoCan() throws Exception {
    Files.writeString(launcher.checkout.resolve(".build"), "in the way, for root, too");
    refused(run(), "the sources in '" + launcher.checkout + "' are not built yet, and you may not write there",
        "call '" + launcher.checkout + "/arturo --version' once", "cp -r '" + launcher.checkout + "' ");
    assertThat(runs("maven")).isZero();
  }

  @Test
  void aJavaWithoutACompilerCannotBuild() throws Exception {
    Path jdk = launcher.folder.resolve("usr/lib/jvm/jdk-25");
    Files.delete(jdk.resolve("bin/javac"));
    refused(run(), "'" + jdk + "' has no compiler", "install the whole JDK");
  }

  @Test
  void whatJavaKeepsOfAStartIsMadeOnceForABuildAndAJdk() throws Exception {
    java("echo kept >\"$file\"; exit 0");
    Outcome first = run();
    assertThat(first).isEqualTo(new Outcome(0, "with kept\none\n", BUILDING + "from Maven\n" + PREPARING));
    assertThat(run()).isEqualTo(new Outcome(0, "with kept\none\n", ""));
    assertThat(launcher.showCommand(Map.of()).out()).contains(" -XX:AOTCache=" + builds().getFirst() + "/start-");
    java("echo anew >\"$file\"; exit 0");
    Files.writeString(launcher.folder.resolve("usr/lib/jvm/jdk-25/release"), "JAVA_VERSION=\"25.0.2\"\n");
    assertThat(run()).isEqualTo(new Outcome(0, "with anew\none\n", PREPARING));
    assertThat(run()).isEqualTo(new Outcome(0, "with anew\none\n", ""));
    Path sdk = launcher.sdk("sdk", "8.2.0-jdk22plus");
    assertThat(launcher.run(Map.of("TORNADOVM_HOME", sdk.toString()), "devices")).isEqualTo(new Outcome(0, "one\n", ""));
  }

  @Test
  void theClassFilesOfPicocliGetALaterFormat() throws Exception {
    run();
    assertThat(builds().getFirst().resolve("picocli-1.jar")).hasContent("later");
  }

  @Test
  void whoAsksForHelpHasAStartOfItsOwn() throws Exception {
    java("case \" $* \" in *' train --help ') echo helping;; *) echo training;; esac >\"$file\"; exit 0");
    assertThat(run().out()).isEqualTo("with training\none\n");
    assertThat(launcher.run(Map.of(), "--help")).isEqualTo(new Outcome(0, "with helping\none\n", PREPARING));
    assertThat(launcher.run(Map.of(), "-V")).isEqualTo(new Outcome(0, "with helping\none\n", ""));
    assertThat(run()).isEqualTo(new Outcome(0, "with training\none\n", ""));
  }

  @Test
  void theHelpOfACommandIsToldWithoutJava() throws Exception {
    java("exit 0", "for folder; do :; done; for colors in plain colored; do mkdir -p \"$folder/$colors/arturo/bench\";"
        + " for name in arturo arturo/tune-device arturo/bench/report; do echo $colors $name >\"$folder/$colors/$name.txt\";"
        + " done; done; exit 0");
    assertThat(launcher.run(Map.of(), "--help")).isEqualTo(new Outcome(0, "plain arturo\n", BUILDING + "from Maven\n"));
    assertThat(launcher.run(Map.of(), "tune-device", "-h")).isEqualTo(new Outcome(0, "plain arturo/tune-device\n", ""));
    assertThat(launcher.run(Map.of(), "bench", "report", "--help").out()).isEqualTo("plain arturo/bench/report\n");
    Path sdk = launcher.sdk("sdk", "8.2.0-jdk22plus");
    assertThat(launcher.run(Map.of("TORNADOVM_HOME", sdk.toString()), "--help").out()).isEqualTo("plain arturo\n");
    assertThat(runs("java")).isZero();
    for (List<String> another : List.of(
        List.of("train", "--help"), List.of("bench", "report", "--minutes", "--help"), List.of("--version"), List.of("../arturo", "--help"),
        List.of("--help", "tune-device"))) {
      assertThat(launcher.run(Map.of(), another.toArray(String[]::new)).out()).isEqualTo("one\n");
    }
    assertThat(launcher.run(Map.of("NO_COLOR", ""), "--help").out()).isEqualTo("one\n"); // as Java does with these
    assertThat(launcher.run(Map.of("CLICOLOR_FORCE", "1"), "--help").out()).isEqualTo("one\n");
  }

  @Test
  void helpThatCannotBeWrittenIsSaid() throws Exception {
    java("exit 0", "exit 1");
    Outcome failed = run();
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("arturo: cannot write the commands' help to '", "/help-texts'; make room there");
    java("exit 0");
    assertThat(run().out()).isEqualTo("one\n");
  }

  @Test
  void aStartThatCannotBeKeptIsSaidOnce() throws Exception {
    java("echo no room >&2; exit 1");
    assertThat(run()).isEqualTo(
        new Outcome(0, "one\n", BUILDING + "from Maven\n" + PREPARING
            + "arturo: starts will not be faster, for what is to prepare them failed: no room\n"));
    assertThat(run()).isEqualTo(new Outcome(0, "one\n", ""));
  }

  @Test
  void aKilledPreparationLeavesNothingInTheWay() throws Exception {
    run();
    Path kept = Files.list(builds().getFirst()).filter(file -> file.toString().endsWith(".aot")).findFirst().orElseThrow();
    Files.delete(kept);
    Files.createDirectories(builds().getFirst().resolve("start/run"));
    java("echo kept >\"$file\"; exit 0");
    assertThat(run()).isEqualTo(new Outcome(0, "with kept\none\n", PREPARING));
    assertThat(builds().getFirst().resolve("start")).doesNotExist();
  }
}
