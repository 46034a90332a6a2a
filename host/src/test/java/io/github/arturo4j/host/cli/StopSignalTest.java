// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real process that gets a signal in the middle of an epoch, and is resumed. */
class StopSignalTest {
  private static final int STEPS = 300; // so many that a signal comes while there are some left
  private static final Object[] SETTINGS = {"--batch-size", 1, "--limit-train", STEPS, "--limit-test", 10};

  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;
  private static Path whole;

  @BeforeAll
  static void trainWithoutAStop() throws IOException {
    data = SyntheticData.write(shared.resolve("my data"), STEPS, 10);
    whole = shared.resolve("whole");
    assertThat(Cli.run(words(whole).toArray()).code()).isZero();
  }

  private static List<Object> words(Path run) {
    List<Object> words =
        new ArrayList<>(List.of("train", "fmnist_cnn", "--epochs", 2, "--data", data, "--out", run));
    words.addAll(List.of(SETTINGS));
    words.addAll(List.of("--metrics-port", 0, "--profile"));
    return words;
  }

  /** A process of arturo, its output into a file. */
  static Process start(Path output, Object... words) throws IOException {
    // Where the build runs in the background, a shell may have it ignore SIGINT, which children inherit.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,HUP"));
    command.addAll(Cli.command(List.of(), words));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  @ParameterizedTest
  @CsvSource({"TERM,0", "INT,130", "USR1,0"})
  void aSignalInsideAnEpochStopsTheTrainingWhichThenGoesOnToTheBit(String signal, int code) throws Exception {
    Path run = own.resolve("run");
    Path output = own.resolve("output");
    Process process = start(output, words(run).toArray());
    try {
      await(process, output, run.resolve("plot.svg")); // then the second epoch begins
      kill(process, signal);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isEqualTo(code);
    Matcher stopped =
        Pattern.compile("Stopped in epoch 2 after step (\\d+); go on with: (.*)\n").matcher(text);
    assertThat(stopped.find()).as(text).isTrue();
    assertThat(Integer.parseInt(stopped.group(1))).isBetween(0, STEPS);
    assertThat(stopped.group(2)).isEqualTo("arturo train --resume " + run + " --data '" + data + "' --metrics-port 0 --profile");
    assertThat(ResumeTest.metrics(run)).hasSize(2);

    Cli.Outcome resumed = Cli.run("train", "--resume", run, "--data", data);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("Going on in epoch 2 after step " + stopped.group(1));
    ResumeTest.assertSame(run, whole);
  }

  /** For whoever starts the same command again until it ends with 0. */
  @Test
  void withAStopCodeAStoppedTrainingEndsWithItAndAFinishedOneWithZero() throws Exception {
    Path run = own.resolve("run");
    Path output = own.resolve("output");
    List<Object> words =
        new ArrayList<>(List.of("train", "fmnist_cnn", "--epochs", 2, "--data", data, "--run", run, "--stop-code", 75));
    words.addAll(List.of(SETTINGS));
    Process process = start(output, words.toArray());
    try {
      await(process, output, run.resolve("plot.svg")); // then the second epoch begins
      kill(process, "TERM");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isEqualTo(75);
    assertThat(text).contains("; go on with: arturo train --resume " + run).contains(" --stop-code 75");
    Cli.Outcome again = Cli.run(words.toArray());
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("Going on in epoch 2 after step ", "Done: " + run);
    ResumeTest.assertSame(run, whole);
  }

  @Test
  void noOtherTrainingWritesIntoTheFolderUntilTheProcessEnds() throws Exception {
    Path run = own.resolve("run");
    Path output = own.resolve("output");
    Process process = start(output, words(run).toArray());
    try {
      await(process, output, run.resolve("plot.svg"));
      kill(process, "STOP"); // in the second epoch
      Cli.refused(1, "another training is writing into '" + run + "'; nothing was changed", "train", "--resume", run,
          "--data", data);
      assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    Cli.Outcome resumed = Cli.run("train", "--resume", run, "--data", data);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    ResumeTest.assertSame(run, whole);
  }

  /** While the kernels of a ResNet compile. */
  @Test
  void beforeTheFirstStepASignalStopsTheTrainingAtOnce() throws Exception {
    Path run = own.resolve("run");
    Path output = own.resolve("output");
    Process process =
        start(output, "train", "fmnist_resnet18", "--data", data, "--out", run, "--limit-train", 16, "--epochs", 1);
    try {
      await(process, output, run.resolve("checkpoint.safetensors"));
      kill(process, "TERM");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    assertThat(text)
        .endsWith(
            "\nStopped before the first step; go on with: arturo train --resume " + run + " --data '" + data + "'\n");
  }

  @ParameterizedTest
  @CsvSource({"TERM,143", "USR1,138"})
  void aCommandThatIsNoTrainingEndsWithALine(String signal, int code) throws Exception {
    assumeThat(signal).as("what PoCL's LLVM leaves to others").matches(s -> !Cli.onTornadoVm() || !s.equals("USR1"));
    Path output = own.resolve("output");
    Process process = start(output, "doctor");
    try {
      awaitText(process, output, "arturo4j ");
      kill(process, signal);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isEqualTo(code);
    assertThat(text).endsWith("\narturo: stopped by SIG" + signal + "\n");
  }

  /** A process with nothing but the handlers; with "step" one that has made a step, with a number that as stop code. */
  static final class Handlers {
    private Handlers() {}

    public static void main(String[] arguments) throws InterruptedException {
      PrintWriter out = new PrintWriter(new StandardStream(FileDescriptor.out).printer(StandardCharsets.UTF_8), true);
      List<String> given = List.of(arguments);
      Integer code = given.stream().filter(word -> word.matches("[0-9]+")).map(Integer::valueOf).findFirst().orElse(null);
      try (StopSignal stop = new StopSignal(out, out, () -> "go on", code, false)) {
        if (given.contains("step")) {
          stop.stepDone(1, 1, 1);
        }
        out.println("ready");
        if (given.contains("talk")) {
          talk();
        }
        while (!stop.received()) {
          Thread.sleep(5);
        }
        out.println("asked to stop");
        Thread.sleep(600_000);
      }
    }
  }

  /** Threads that never stop writing, one to each standard stream, as a command's would be. */
  private static void talk() {
    PrintStream out = new StandardStream(FileDescriptor.out).printer(StandardCharsets.UTF_8);
    PrintStream err = new StandardStream(FileDescriptor.err).printer(StandardCharsets.UTF_8);
    System.setErr(err); // whose lock is held while something is written to it
    for (PrintStream stream : List.of(out, err)) {
      Thread.ofPlatform().daemon().start(
          () -> {
            while (true) {
              stream.println("so it goes");
            }
          });
    }
  }

  private Process handlers(Path output, List<String> before, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.addAll(Cli.command(List.of()));
    command.set(command.size() - 1, Handlers.class.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    awaitText(process, output, "ready");
    return process;
  }

  @ParameterizedTest
  @CsvSource({"TERM,0", "INT,130", "HUP,0", "USR1,0"})
  void whatEndsTheProcessBeforeAStep(String signal, int code) throws Exception {
    Path output = own.resolve("output");
    Process process = handlers(output, List.of("env", "--default-signal=INT,HUP"));
    try {
      kill(process, signal);
      assertThat(process.waitFor()).isEqualTo(code);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Cli.text(output)).isEqualTo("ready\nStopped before the first step; go on\n");
  }

  /** The line that says how the process ended is the last, whatever its other threads are about to write. */
  @Test
  void theLineIsTheLastOfTheOutput() throws Exception {
    Path output = own.resolve("output");
    Process process = handlers(output, List.of("env", "--default-signal=INT,HUP"), "talk");
    try {
      awaitText(process, output, "so it goes");
      kill(process, "TERM");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Cli.text(output).lines().toList();
    assertThat(lines.getLast()).isEqualTo("Stopped before the first step; go on");
    assertThat(lines.subList(1, lines.size() - 1)).containsOnly("so it goes");
  }

  @ParameterizedTest
  @CsvSource({"TERM,TERM,143", "INT,INT,130", "TERM,INT,130", "HUP HUP USR1 TERM HUP,TERM,143"})
  void aSecondOneEndsTheProcessThatIsToStop(String first, String last, int code) throws Exception {
    Path output = own.resolve("output");
    Process process = handlers(output, List.of("env", "--default-signal=INT,HUP"), "step");
    try {
      for (String signal : first.split(" ")) {
        kill(process, signal);
      }
      awaitText(process, output, "asked to stop");
      kill(process, last);
      assertThat(process.waitFor()).isEqualTo(code);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Cli.text(output))
        .isEqualTo(
            "ready\nasked to stop\narturo: ended at once by a second SIG" + last
                + ", without the steps since the last checkpoint; go on\n");
  }

  @ParameterizedTest
  @CsvSource({"TERM", "INT", "USR1"})
  void aStopCodeCountsBeforeAStepToo(String signal) throws Exception {
    Path output = own.resolve("output");
    Process process = handlers(output, List.of("env", "--default-signal=INT,HUP"), "75");
    try {
      kill(process, signal);
      assertThat(process.waitFor()).isEqualTo(75);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Cli.text(output)).isEqualTo("ready\nStopped before the first step; go on\n");
  }

  @Test
  void aStopCodeCountsForASecondSignalToo() throws Exception {
    Path output = own.resolve("output");
    Process process = handlers(output, List.of("env", "--default-signal=INT,HUP"), "step", "75");
    try {
      kill(process, "TERM");
      awaitText(process, output, "asked to stop");
      kill(process, "TERM");
      assertThat(process.waitFor()).isEqualTo(75);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aHangupThatIsIgnoredStaysSo() throws Exception {
    Path output = own.resolve("output");
    Process process = handlers(output, List.of("env", "--default-signal=INT", "--ignore-signal=HUP"));
    try {
      kill(process, "HUP");
      kill(process, "INT");
      assertThat(process.waitFor()).isEqualTo(130); // and not 0
    } finally {
      process.destroyForcibly();
    }
  }

  private static void awaitText(Process process, Path output, String text) throws Exception {
    while (!read(output).contains(text)) {
      assertThat(process.isAlive()).as(() -> read(output)).isTrue();
      Thread.sleep(10);
    }
  }

  static void await(Process process, Path output, Path file) throws Exception {
    while (!Files.exists(file)) {
      assertThat(process.isAlive()).as(() -> read(output)).isTrue();
      Thread.sleep(10);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  static void kill(Process process, String signal) throws Exception {
    Process kill = new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
