// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sun.misc.Signal;
import sun.misc.SignalHandler;

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
    return words;
  }

  /** A process of arturo, its output into a file. */
  static Process start(Path output, Object... words) throws IOException {
    // Where the build runs in the background, a shell may have it ignore SIGINT, which children inherit.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(Cli.command(List.of(), words));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  @ParameterizedTest
  @CsvSource({"TERM,0", "INT,130"})
  void aSignalInsideAnEpochStopsTheTrainingWhichThenGoesOnToTheBit(String signal, int code) throws Exception {
    Path run = own.resolve("run");
    Path output = own.resolve("output");
    Process process = start(output, words(run).toArray());
    try {
      await(process, output, run.resolve("plot.png")); // then the second epoch begins
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
    assertThat(stopped.group(2)).isEqualTo("arturo train --resume " + run + " --data '" + data + "'");
    assertThat(ResumeTest.metrics(run)).hasSize(2);

    Cli.Outcome resumed = Cli.run("train", "--resume", run, "--data", data);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("Going on in epoch 2 after step " + stopped.group(1));
    ResumeTest.assertSame(run, whole);
  }

  @Test
  void noOtherTrainingWritesIntoTheFolderUntilTheProcessEnds() throws Exception {
    Path run = own.resolve("run");
    Path output = own.resolve("output");
    Process process = start(output, words(run).toArray());
    try {
      await(process, output, run.resolve("plot.png"));
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

  @Test
  void aSecondSignalIsHandledAsBefore() throws Exception {
    CountDownLatch usual = new CountDownLatch(1);
    Signal term = new Signal("TERM");
    SignalHandler before = Signal.handle(term, signal -> usual.countDown());
    try (StopSignal stop = new StopSignal()) {
      assertThat(stop.received()).isFalse();
      Signal.raise(term);
      for (int i = 0; i < 2000 && !stop.received(); i++) {
        Thread.sleep(5);
      }
      assertThat(stop.received()).isTrue();
      assertThat(stop.exitCode()).isZero();
      assertThat(usual.getCount()).isEqualTo(1);
      Signal.raise(term);
      assertThat(usual.await(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      Signal.handle(term, before);
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
