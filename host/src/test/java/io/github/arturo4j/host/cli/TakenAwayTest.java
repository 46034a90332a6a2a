// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.kernels.device.Devices;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a training that loses its folder, or its life, and of the one that comes after it. */
class TakenAwayTest {
  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;
  private static Path whole;

  @BeforeAll
  static void trainWithoutAFault() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 60, 20);
    whole = shared.resolve("whole");
    train(whole);
  }

  private static Object[] words(Path run) {
    return new Object[] {
      "train", "fmnist_cnn", "--data", data, "--out", run, "--epochs", 2, "--batch-size", 20
    };
  }

  private static void train(Path run) {
    succeeds(words(run));
  }

  private static void succeeds(Object... words) {
    Cli.Outcome outcome = Cli.run(words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  /** What is done to the folder of a training at work; then another training is made there. */
  enum Loss {
    REMOVED {
      @Override
      void of(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
          files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
        train(run);
      }
    },
    MOVED {
      @Override
      void of(Path run) throws IOException {
        Files.move(run, run.resolveSibling("moved"));
        train(run);
      }
    },
    LOCK_DELETED {
      @Override
      void of(Path run) throws IOException {
        Files.delete(run.resolve(".lock"));
        succeeds("train", "--resume", run);
      }
    };

    abstract void of(Path run) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void aTrainingThatLosesItsFolderStopsAndSpoilsNoOther(Loss loss) throws IOException {
    Path run = own.resolve("run");
    Experiment published = Experiments.find("fmnist_cnn");
    TrainingSetup setup =
        TrainingSetup.of(
            published.with(2, 20, null, published.optimizer()), ResumeTest.source(data), null, null, Devices.find(null));
    int[] asked = {0};
    try (TrainingJob job = TrainingJob.begin(run, setup)) {
      job.stopWhen(
          () -> {
            if (++asked[0] == 2) {
              lose(loss, run);
            }
            return false;
          });
      assertThatIllegalStateException()
          .isThrownBy(job::run)
          .withMessageStartingWith("'" + run + "' is not this training's any more: it was moved or removed");
    }
    ResumeTest.assertSame(run, whole);
    if (loss == Loss.MOVED) {
      Path moved = own.resolve("moved");
      succeeds("train", "--resume", moved);
      ResumeTest.assertSame(moved, whole);
    }
  }

  private static void lose(Loss loss, Path run) {
    try {
      loss.of(run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the entry point of a container has it: what has a checkpoint goes on, the rest begins by the same command. */
  @ParameterizedTest
  @ValueSource(strings = {".lock", "config.yaml", "checkpoint.safetensors", "metrics.csv"})
  void aKilledTrainingGoesOnOrBeginsAnew(String moment) throws Exception {
    Path run = own.resolve("run");
    Path output = own.resolve("output");
    Process process = StopSignalTest.start(output, words(run));
    try {
      while (process.isAlive() && !Files.exists(run.resolve(moment))) {
        Thread.onSpinWait();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    if (Files.exists(run.resolve("checkpoint.safetensors"))) {
      succeeds("train", "--resume", run);
    } else {
      train(run);
    }
    ResumeTest.assertSame(run, whole);
    assertThat(run.toFile().list()).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void aComparisonThatLosesItsFolderStops() throws Exception {
    Path out = own.resolve("out");
    Path output = own.resolve("output");
    Process process =
        StopSignalTest.start(
            output, "compare", "fmnist_cnn", "--optimizers", "sgd,adam", "--seeds", "5,6", "--epochs", 30, "--data", data,
            "--out", out);
    try {
      StopSignalTest.await(process, output, out.resolve("runs/sgd-5/plot.svg"));
      Files.move(out, own.resolve("moved"));
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readAllLines(output))
        .anyMatch(line -> line.startsWith("arturo: '" + out + "' is not this training's any more: "));
    assertThat(out).doesNotExist();
  }
}
