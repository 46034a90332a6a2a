// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that mpirun starts several times; skipped where there is none. */
class MpirunTest {
  private static final String OPEN_MPI = "mpirun.openmpi";
  private static final int SECONDS = 180; // of a machine that has much else to do
  private static final int LONG = 2000; // epochs that no test waits for

  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;

  @BeforeAll
  static void writeData() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 150, 30);
  }

  /** What a launcher and its ranks came to. */
  private record Outcome(int code, String out, String err) {}

  /** Ranks that run. */
  private final class Run implements AutoCloseable {
    private final Path out = own.resolve("out-" + System.nanoTime());
    private final Path err = own.resolve("err-" + System.nanoTime());
    private final Process process;

    private Run(String launcher, int ranks, Object... words) throws IOException {
      this(launcher, ranks, Cli.command(List.of("-Xmx1g"), words));
    }

    private Run(String launcher, int ranks, List<String> program) throws IOException {
      assumeTrue(isInstalled(launcher), "there is no " + launcher);
      List<String> command = new ArrayList<>(List.of(launcher, "-n", Integer.toString(ranks)));
      if (launcher.equals(OPEN_MPI)) {
        command.addAll(List.of("--bind-to", "none", "--oversubscribe"));
      }
      command.addAll(program);
      ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(
          Map.of(
              "OMPI_ALLOW_RUN_AS_ROOT", "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", // for tests in a container
              "OMPI_MCA_mpi_yield_when_idle", "1", "MPIR_CVAR_POLLS_BEFORE_YIELD", "1",
              "HWLOC_COMPONENTS", "-opencl")); // of an OpenCL driver (PoCL), whose LLVM takes SIGUSR1 from mpirun
      process = builder.start();
    }

    private Outcome outcome() throws IOException, InterruptedException {
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as(text()).isTrue();
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private String text() throws IOException {
      return Files.readString(out) + Files.readString(err);
    }

    /** The processes of Java among those that the launcher has started. */
    private List<ProcessHandle> ranks() {
      return process.descendants().filter(each -> each.info().command().orElse("").endsWith("java")).toList();
    }

    private void awaitFile(Path file) throws IOException, InterruptedException {
      for (int i = 0; i < SECONDS * 20 && !Files.exists(file); i++) {
        assertThat(process.isAlive()).as(text()).isTrue();
        Thread.sleep(50);
      }
      assertThat(file).exists();
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static boolean isInstalled(String command) {
    return Files.isExecutable(Path.of("/usr/bin", command));
  }

  private Object[] training(Path run, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "train", "fmnist_cnn", "--data", data, "--run", run, "--device", Cli.onTornadoVm() ? "0:0" : "jvm"));
    if (!List.of(more).contains("--batch-size")) {
      words.addAll(List.of("--batch-size", 40));
    }
    words.addAll(List.of(more));
    return words.toArray();
  }

  private Outcome run(String launcher, int ranks, Object... words) throws IOException, InterruptedException {
    try (Run run = new Run(launcher, ranks, words)) {
      return run.outcome();
    }
  }

  private static List<Double> losses(Path run) {
    return RunReader.rows(run).stream().map(EpochRow::judgedLoss).toList();
  }

  /** One process writes and prints; the run is, but for roundings, that of one process, which can go on with it. */
  @ParameterizedTest
  @ValueSource(strings = {OPEN_MPI, "mpirun.mpich"})
  void trainsAsOneProcess(String launcher) throws Exception {
    Path alone = own.resolve("alone");
    Path together = own.resolve("together");
    assertThat(Cli.run(training(alone, "--epochs", 2)).code()).isZero();
    Outcome outcome = run(launcher, 3, training(together, "--epochs", 1));
    assertThat(outcome.code).as(outcome.out + outcome.err).isZero();
    assertThat(outcome.out).contains(", 3 ranks: 150 images").containsOnlyOnce("Training ").containsOnlyOnce("Done: " + together);
    assertThat(losses(together).getFirst()).isCloseTo(losses(alone).getFirst(), within(1e-3));
    assertThat(Cli.run(training(together, "--epochs", 2)).code()).isZero();
    assertThat(losses(together).getLast()).isCloseTo(losses(alone).getLast(), within(1e-3));
  }

  @Test
  void comparesOnAllRanks() throws Exception {
    Path folder = own.resolve("comparison");
    Outcome outcome =
        run(OPEN_MPI, 2, "compare", "fmnist_cnn", "--data", data, "--out", folder, "--batch-size", 40, "--epochs", 1, "--optimizers",
            "adam,sgd", "--seeds", 1);
    assertThat(outcome.code).as(outcome.out + outcome.err).isZero();
    assertThat(outcome.out).containsOnlyOnce("Comparing adam, sgd");
    assertThat(Files.readString(folder.resolve("report.html"))).contains("adam", "sgd");
  }

  @Test
  void aFailureIsToldOnce() throws Exception {
    Outcome unknown = run(OPEN_MPI, 2, "train", "nothing", "--data", data);
    assertThat(unknown.err).containsOnlyOnce("arturo: ");
    assertThat(unknown.code).isEqualTo(2);
    Outcome small = run(OPEN_MPI, 3, training(own.resolve("small"), "--batch-size", 2, "--epochs", 1));
    assertThat(small.err).containsOnlyOnce("arturo: batchSize (--batch-size) is 2 for 3 ranks; choose 3 or more, or start fewer ranks");
    assertThat(small.code).isEqualTo(2);
    assertThat(own.resolve("small/config.yaml")).doesNotExist();
    Outcome wrong = run(OPEN_MPI, 2, "train", "fmnist_cnn", "--epochs", "many");
    assertThat(wrong.err).containsOnlyOnce("arturo: Invalid value for option '--epochs'").containsOnlyOnce("Try 'arturo train --help'.");
    assertThat(wrong.code).isEqualTo(2);
    Outcome tune = run(OPEN_MPI, 2, "tune", "fmnist_cnn", "--data", data, "--out", own.resolve("tune"));
    assertThat(tune.err).containsOnlyOnce("arturo: tune trains on one device; start it without mpirun or srun");
    assertThat(tune.code).isEqualTo(2);
    assertThat(own.resolve("tune")).doesNotExist();
  }

  /** What is one's own of a machine may differ, the experiment may not. */
  @Test
  void ranksOfOtherCommandsAreRefused() throws Exception {
    String both = String.join("' '", Cli.command(List.of("-Xmx1g"), training(own.resolve("run"), "--epochs")));
    Path script = own.resolve("rank");
    Files.writeString(script, "#!/bin/sh\nexec '" + both + "' $((1 + OMPI_COMM_WORLD_RANK))\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    try (Run run = new Run(OPEN_MPI, 2, List.of(script.toString()))) {
      Outcome outcome = run.outcome();
      assertThat(outcome.err)
          .containsOnlyOnce("arturo: rank 1 was started with other arguments than rank 0; give all ranks the same command");
      assertThat(outcome.code).isEqualTo(2);
    }
    assertThat(own.resolve("run")).doesNotExist();
  }

  @Test
  void aDivergedTrainingIsToldOnce() throws Exception {
    Outcome outcome = run(OPEN_MPI, 2, training(own.resolve("run"), "--optimizer", "sgd", "--learning-rate", 1e30, "--epochs", 1));
    assertThat(outcome.err).containsOnlyOnce("arturo: ").contains("--learning-rate");
    assertThat(outcome.code).isEqualTo(3);
  }

  /** As a batch system sends it ahead of the end; the same command goes on. */
  @Test
  void usr1ToTheLauncherStopsWithACheckpoint() throws Exception {
    Path folder = own.resolve("run");
    Object[] command = training(folder, "--epochs", LONG, "--stop-code", 85);
    try (Run run = new Run(OPEN_MPI, 2, command)) {
      run.awaitFile(folder.resolve("plot.svg"));
      new ProcessBuilder("kill", "-USR1", Long.toString(run.process.pid())).start().waitFor();
      Outcome outcome = run.outcome();
      assertThat(outcome.code).as(outcome.out + outcome.err).isEqualTo(85);
      assertThat(outcome.out).containsOnlyOnce("Stopped in epoch ");
    }
    assertGoesOn(folder);
  }

  @Test
  void aKilledRankEndsAllAndTheRunGoesOn() throws Exception {
    Path folder = own.resolve("run");
    try (Run run = new Run(OPEN_MPI, 2, training(folder, "--epochs", LONG))) {
      run.awaitFile(folder.resolve("plot.svg"));
      List<ProcessHandle> ranks = run.ranks();
      assertThat(ranks).hasSize(2);
      ranks.getLast().destroyForcibly();
      Outcome outcome = run.outcome();
      assertThat(outcome.code).isNotZero();
      for (ProcessHandle rank : ranks) {
        rank.onExit().get(SECONDS, TimeUnit.SECONDS);
      }
    }
    assertGoesOn(folder);
  }

  private void assertGoesOn(Path folder) throws IOException, InterruptedException {
    int epochs = losses(folder).size();
    Outcome outcome = run(OPEN_MPI, 2, training(folder, "--epochs", LONG, "--until-epoch", epochs + 1));
    assertThat(outcome.code).as(outcome.out + outcome.err).isZero();
    Matcher goesOn = Pattern.compile("Going on in epoch (\\d+) after step \\d+").matcher(outcome.out);
    assertThat(goesOn.find()).as(outcome.out).isTrue();
    assertThat(Integer.parseInt(goesOn.group(1))).isGreaterThan(1);
    assertThat(losses(folder)).hasSize(epochs + 1);
  }
}
