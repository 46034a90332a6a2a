// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.schedule.Cosine;
import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.host.schedule.Schedules;
import io.github.arturo4j.host.schedule.Unit;
import io.github.arturo4j.host.schedule.WarmUp;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schedules on the command line: listed, documented, trained with. */
class SchedulesCommandTest {
  /** Those that {@code metrics.csv} has. */
  private static final Percentage DIGITS = withinPercentage(1e-5);

  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;

  @BeforeAll
  static void writeData() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 60, 20);
  }

  static List<Schedule> all() {
    return Schedules.all();
  }

  private Cli.Outcome train(Path run, Object... more) {
    return Cli.run(
        Stream.concat(
                Stream.of(
                    "train", "fmnist_cnn", "--optimizer", "sgd", "--data", data, "--batch-size", 20, "--out", run),
                Stream.of(more))
            .toArray());
  }

  private static List<Double> rates(Path run) {
    return RunReader.rows(run).stream().map(EpochRow::rate).toList();
  }

  @ParameterizedTest
  @MethodSource("all")
  void areListedWithEachOfTheirValues(Schedule schedule) {
    List<String> listed = Cli.run("schedules").out().lines().toList();
    assertThat(listed).contains(schedule.name());
    for (Hyperparameters.Info info : Hyperparameters.describe(schedule)) {
      String range = info.range().isEmpty() ? "" : " (" + info.range() + ")";
      assertThat(listed).anyMatch(
          line -> line.startsWith("  " + info.name() + " ") && line.endsWith(" " + info.description() + range));
    }
    assertThat(Cli.run("train", "--help").out().replaceAll("\\s+", "")).contains(schedule.name());
  }

  /** The page is made of what the records say. */
  @ParameterizedTest
  @MethodSource("all")
  void areDocumented(Schedule schedule) throws IOException {
    StringBuilder table = new StringBuilder();
    for (Hyperparameters.Info info : Hyperparameters.describe(schedule)) {
      Object value = info.value() instanceof Schedule other ? other.name() : Objects.toString(info.value(), "");
      table.append("| `%s` | %s | %s | %s |\n".formatted(info.name(), value, info.range(), info.description()));
    }
    assertThat(Files.readString(Path.of("../docs/schedules.md"))).contains("## `" + schedule.name() + "`", table);
  }

  @Test
  void aTrainingHasTheRatesOfItsOptions() throws IOException {
    Path run = own.resolve("run");
    Cli.Outcome outcome = train(run, "--epochs", 3, "--schedule", "cosine,unit=step", "--warm-up", "2,unit=step");
    assertThat(outcome.err()).isEmpty();
    Schedule schedule = RunReader.config(run).experiment().schedule();
    assertThat(schedule).isEqualTo(new WarmUp(2, null, Unit.STEP, new Cosine(null, null, Unit.STEP)));
    double initial = RunReader.config(run).experiment().optimizer().initialRate();
    assertThat(rates(run).getFirst()).isCloseTo(initial, DIGITS); // in its third step
    assertThat(rates(run).get(1)).isLessThan(initial);
    assertThat(rates(run).getLast()).isPositive().isLessThan(rates(run).get(1));
  }

  /** Whoever gives more epochs than a schedule that spans them all has had is told, and can do what the line says. */
  @Test
  void aScheduleThatSpansTheTrainingKeepsItsEpochs() throws IOException {
    Path run = own.resolve("run");
    assertThat(train(run, "--epochs", 1, "--schedule", "linear").code()).isZero();
    byte[] config = Files.readAllBytes(run.resolve("config.yaml"));
    refused(
        2,
        "--epochs is 2, but the schedule of '" + run + "', linear (finalFactor 0.0, unit epoch), ends with its 1 epochs; train"
            + " anew with as many as you want, or begin a training with the weights of this one (--weights)",
        "train", "--resume", run, "--data", data, "--epochs", 2);
    assertThat(run.resolve("config.yaml")).hasBinaryContent(config);
    assertThat(Cli.run("train", "--resume", run, "--data", data).out()).contains("Nothing to do: ");
    assertThat(train(own.resolve("anew"), "--epochs", 2, "--schedule", "linear").code()).isZero();
    assertThat(
            train(own.resolve("more"), "--epochs", 1, "--schedule", "linear", "--weights", run.resolve("model.safetensors"))
                .code())
        .isZero();
  }

  /** One with a length goes on with its last rate, as if it had had all epochs from the beginning. */
  @Test
  void aScheduleWithALengthGoesOnWithMoreEpochs() throws IOException {
    Object[] schedule = {"--schedule", "linear,length=2,finalFactor=0.5", "--epochs", 3};
    Path whole = own.resolve("whole");
    assertThat(train(whole, schedule).code()).isZero();
    schedule[3] = 1;
    Path run = own.resolve("run");
    assertThat(train(run, schedule).code()).isZero();
    assertThat(Cli.run("train", "--resume", run, "--data", data, "--epochs", 3).code()).isZero();
    ResumeTest.assertSame(run, whole);
    double initial = RunReader.config(run).experiment().optimizer().initialRate();
    assertThat(rates(run)).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(rates(run).get(i)).isCloseTo((1 - 0.25 * i) * initial, DIGITS);
    }
  }

  /** Also where only the run's configuration tells it. */
  @Test
  void aTrainingThatDivergesIsToBeTrainedAnewWithItsSchedule() {
    Path run = own.resolve("run");
    Object[] schedule = {
      "--schedule", "multi-step,milestones=[1,2],factor=0.5,unit=step", "--warm-up", "1,startFactor=0.25,unit=step"
    };
    String words = "--schedule '" + schedule[1] + "' --warm-up " + schedule[3] + " ";
    Object[] diverging = {"--epochs", 1, "--learning-rate", "1e30"};
    Cli.Outcome diverged = train(run, Stream.concat(Stream.of(schedule), Stream.of(diverging)).toArray());
    assertThat(diverged.code()).isEqualTo(3);
    assertThat(diverged.err()).contains("arturo train fmnist_cnn ", words);
    Cli.Outcome resumed = Cli.run("train", "--resume", run, "--data", data);
    assertThat(resumed.code()).isEqualTo(3);
    assertThat(resumed.err())
        .endsWith(
            "arturo train fmnist_cnn-sgd --epochs 1 --batch-size 20 --seed 42 " + words + "--data " + data
                + " --learning-rate 0.071\n");
    assertThat(train(own.resolve("anew"), Stream.concat(Stream.of(schedule), Stream.of("--epochs", 1)).toArray()).code())
        .isZero();
  }

  @Test
  void aRunOfAnotherScheduleIsNotGoneOnWith() {
    Path run = own.resolve("run");
    Object[] words = {
      "train", "fmnist_cnn", "--data", data, "--batch-size", 20, "--epochs", 1, "--run", run, "--schedule", "cosine"
    };
    assertThat(Cli.run(words).code()).isZero();
    assertThat(Cli.run(words).out()).contains("Nothing to do: ");
    words[words.length - 1] = "constant";
    refused(2, "'schedule: cosine (finalFactor 0.0, unit epoch)' there, 'schedule: constant' here", words);
    refused(2, "--schedule contradicts --resume", "train", "--resume", run, "--schedule", "cosine");
  }

  @Test
  void aRateThatWouldBeZeroIsRefusedBeforeThereIsAFolder() {
    Path run = own.resolve("run");
    Object[] words = {
      "train", "fmnist_cnn", "--data", data, "--batch-size", 20, "--epochs", 2, "--out", run, "--schedule",
      "cosine,length=5,unit=step"
    };
    refused(
        2,
        "schedule is cosine (length 5, finalFactor 0.0, unit step), so that the rate of the last step is 0.0; it must be"
            + " positive and finite",
        words);
    assertThat(run).doesNotExist();
  }

  @Test
  void aComparisonIsOfOneScheduleAndGrowsIfThatDoes() {
    Path folder = own.resolve("comparison");
    Object[] words = {
      "compare", "fmnist_cnn", "--optimizers", "sgd,adam", "--seeds", 1, "--data", data, "--batch-size", 20, "--out",
      folder, "--schedule", "cosine,unit=step", "--epochs", 1
    };
    Cli.Outcome compared = Cli.run(words);
    assertThat(compared.err()).isEmpty();
    assertThat(compared.code()).isZero();
    for (String name : List.of("sgd-1", "adam-1")) {
      assertThat(RunReader.config(folder.resolve("runs").resolve(name)).experiment().schedule())
          .isEqualTo(new Cosine(null, 0.0, Unit.STEP));
    }
    words[words.length - 1] = 2;
    refused(
        2,
        "the schedule of sgd in --out '" + folder + "' ends with its 1 epochs; nothing was changed: give as many, or name a"
            + " new folder",
        words);
  }
}
