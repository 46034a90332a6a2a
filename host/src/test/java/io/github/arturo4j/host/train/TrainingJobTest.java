// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.SafetensorsFile;
import io.github.arturo4j.host.run.StepRow;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.host.schedule.Cosine;
import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.models.data.ImageSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training in a folder, as a program of one's own has it. */
class TrainingJobTest {
  @TempDir static Path shared;
  @TempDir Path own;
  private static Path whole;

  @BeforeAll
  static void trainWithoutAStop() {
    whole = shared.resolve("whole");
    try (TrainingJob job = TrainingJob.begin(whole, setup(Small.EPOCHS))) {
      assertThat(job.run().finished()).isTrue();
    }
  }

  private static TrainingSetup setup(int epochs) {
    return setup(epochs, 3, Small.TRAIN);
  }

  private static TrainingSetup setup(int epochs, long seed, ImageSet train) {
    Experiment experiment = Small.experiment("arturo");
    return TrainingSetup.of(
        experiment.with(epochs, null, seed, experiment.optimizer()), train, Small.TEST, Devices.find(null));
  }

  private static BooleanSupplier after(int questions) {
    int[] asked = {0};
    return () -> ++asked[0] == questions;
  }

  private static void assertSame(Path run) throws IOException {
    for (String file : List.of("config.yaml", "model.safetensors", "precision.safetensors", "checkpoint.safetensors")) {
      assertThat(Files.mismatch(run.resolve(file), whole.resolve(file))).as(file).isEqualTo(-1);
    }
    assertThat(RunReader.rows(run)).extracting(EpochRow::judgedLoss)
        .isEqualTo(RunReader.rows(whole).stream().map(EpochRow::judgedLoss).toList());
  }

  @Test
  void theSameCallBeginsAndGoesOnUntilItIsDone() throws IOException {
    Path run = own.resolve("runs/mine");
    List<String> told = new ArrayList<>();
    TrainingListener mine =
        new TrainingListener() {
          @Override
          public void epochDone(EpochResult epoch) {
            told.add("epoch " + epoch.row().epoch() + ", on disk: " + RunReader.rows(run).size());
          }
        };
    for (int stopAt : new int[] {2, 3}) {
      try (TrainingJob job = TrainingJob.beginOrResume(run, setup(Small.EPOCHS))) {
        assertThat(job.isDone()).isFalse();
        TrainingResult stopped = job.listeners(List.of(mine)).stopWhen(after(stopAt)).run();
        assertThat(stopped.finished()).isFalse();
      }
    }
    try (TrainingJob job = TrainingJob.beginOrResume(run, setup(Small.EPOCHS))) {
      assertThat(job.from()).contains(new TrainingPosition(1, 3));
      assertThat(job.difference()).isEmpty();
      assertThat(job.lastRow()).isEmpty();
      assertThat(job.listeners(List.of(mine)).run().finished()).isTrue();
    }
    assertThat(told).containsExactly("epoch 1, on disk: 1", "epoch 2, on disk: 2");
    assertSame(run);
    try (TrainingJob job = TrainingJob.beginOrResume(run, setup(Small.EPOCHS))) {
      assertThat(job.isDone()).isTrue();
      assertThat(job.lastRow()).get().extracting(EpochRow::epoch).isEqualTo(2);
      assertThat(job.listeners(List.of(mine)).run().finished()).isTrue();
    }
    assertThat(told).as("nothing to do").hasSize(2);
    assertSame(run);
  }

  /** The second stop cuts off the evaluation after step 4; rows that a kill has left behind the last checkpoint go. */
  @Test
  void evaluationsAfterStepsAreThoseOfATrainingWithoutAStop() throws IOException {
    TrainingSetup setup = setup(Small.EPOCHS);
    Experiment experiment = setup.config().experiment().change().evaluateAt(List.of(1, 3, 4, 6)).build();
    TrainingSetup evaluated = TrainingSetup.of(experiment, Small.TRAIN, Small.TEST, Devices.find(null));
    Path all = own.resolve("all");
    try (TrainingJob job = TrainingJob.begin(all, evaluated)) {
      job.run();
    }
    String steps = Files.readString(all.resolve("steps.csv"));
    assertThat(steps.lines().map(line -> line.split(",")[0])).containsExactly("step", "1", "3", "4", "6");
    String[] row = Files.readAllLines(all.resolve("metrics.csv")).getLast().split(",");
    assertThat(steps).startsWith("step,test_loss,test_accuracy\n").endsWith("\n6," + row[4] + "," + row[5] + "\n");
    assertThat(RunReader.rows(all)).extracting(EpochRow::judged).isEqualTo(RunReader.rows(whole).stream().map(EpochRow::judged).toList());
    for (String file : List.of("model.safetensors", "precision.safetensors")) {
      try (SafetensorsFile actual = SafetensorsFile.read(all.resolve(file));
          SafetensorsFile expected = SafetensorsFile.read(whole.resolve(file))) {
        assertThat(actual.names()).isNotEmpty().allMatch(name -> Arrays.equals(actual.floats(name).data(), expected.floats(name).data()));
      }
    }
    Path run = own.resolve("run");
    for (int stopAt : new int[] {3, 7}) {
      try (TrainingJob job = TrainingJob.beginOrResume(run, evaluated)) {
        assertThat(job.stopWhen(after(stopAt)).run().finished()).isFalse();
      }
    }
    assertThat(RunReader.steps(run)).extracting(StepRow::step).containsExactly(1, 3);
    Files.writeString(run.resolve("steps.csv"), steps.replaceFirst("\n6,", "\n5,"));
    try (TrainingJob job = TrainingJob.beginOrResume(run, evaluated)) {
      assertThat(job.from()).contains(new TrainingPosition(2, 1));
      assertThat(job.run().finished()).isTrue();
    }
    assertThat(run.resolve("steps.csv")).hasContent(steps);
    assertThat(run.resolve("checkpoint.safetensors")).hasSameBinaryContentAs(all.resolve("checkpoint.safetensors"));
    Files.writeString(run.resolve("steps.csv"), steps.replaceFirst("\n3,", "\n1,"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunReader.steps(run))
        .withMessage("'" + run.resolve("steps.csv") + "' was altered: line 3 is no row that follows the one before;"
            + " put back the file that the training wrote");
  }

  /** A run that was begun without may have them in its configuration, as its training is the same. */
  @Test
  void aRunOfBeforeGoesOnWithEvaluationsAfterSteps() throws IOException {
    Path run = own.resolve("run");
    try (TrainingJob job = TrainingJob.begin(run, setup(1))) {
      job.run();
    }
    Experiment experiment = setup(Small.EPOCHS).config().experiment().change().evaluateAt(List.of(2, 5)).build();
    try (TrainingJob job = TrainingJob.resume(run, TrainingSetup.of(experiment, Small.TRAIN, Small.TEST, Devices.find(null)))) {
      job.run();
    }
    assertThat(RunReader.steps(run)).extracting(StepRow::step).containsExactly(5);
    assertThat(RunReader.rows(run)).extracting(EpochRow::judged).isEqualTo(RunReader.rows(whole).stream().map(EpochRow::judged).toList());
  }

  /** Whatever the device has been tuned to since: the parts of its sums decide its bits. */
  @Test
  void aRunGoesOnWithTheCutsThatItBeganWith() {
    Path run = own.resolve("run");
    ProductCuts cuts = ProductCuts.of(Map.of("linear forward 50 64 10", new Cut(2, 4, 4, 3)));
    try (TrainingJob job = TrainingJob.beginOrResume(run, setup(Small.EPOCHS).cut(cuts))) {
      assertThat(job.stopWhen(after(2)).run().finished()).isFalse();
    }
    ProductCuts others = ProductCuts.of(Map.of("linear forward 50 64 10", new Cut(1, 1, 4, 1)));
    try (TrainingJob job = TrainingJob.beginOrResume(run, setup(Small.EPOCHS).cut(others))) {
      assertThat(Versions.cuts(job.setup().config().environment())).isEqualTo(cuts);
      assertThat(job.run().finished()).isTrue();
    }
    assertThat(Versions.cuts(RunReader.config(run).environment())).isEqualTo(cuts);
    assertThat(setup(1).cut(cuts).cut(ProductCuts.NONE).config()).isEqualTo(setup(1).config());
  }

  @Test
  void cutsThatAreNoneAreRefusedInOneLine() {
    TrainingSetup setup = setup(1);
    Map<String, String> environment = new HashMap<>(setup.config().environment());
    environment.put("products", "linear forward 50 64 10=2x4");
    assertThatThrownBy(() -> Versions.cuts(environment)).isInstanceOf(InputException.class)
        .hasMessageContaining("in the environment in config.yaml, 'products': '2x4' is no cut");
  }

  @Test
  void aFinishedRunGoesOnWithMoreEpochs() throws IOException {
    Path run = own.resolve("run");
    try (TrainingJob job = TrainingJob.begin(run, setup(1))) {
      job.run();
    }
    try (TrainingJob job = TrainingJob.resume(run, setup(Small.EPOCHS))) {
      assertThat(job.from()).contains(new TrainingPosition(2, 0));
      assertThat(job.run().rows()).singleElement().extracting(EpochRow::epoch).isEqualTo(2);
    }
    assertSame(run);
  }

  /** With a schedule that spans all of the training: another number of epochs would be another one. */
  @Test
  void anEndBeforeTheLastEpochIsNone() throws IOException {
    TrainingSetup annealed = setup(Small.EPOCHS);
    annealed = annealed.with(annealed.config().experiment().with(new Cosine()));
    Path straight = own.resolve("straight");
    try (TrainingJob job = TrainingJob.begin(straight, annealed)) {
      job.run();
    }
    Path run = own.resolve("run");
    for (int epochs : new int[] {1, 1, Small.EPOCHS + 1}) {
      try (TrainingJob job = TrainingJob.beginOrResume(run, annealed).until(epochs)) {
        assertThat(job.run().finished()).isTrue();
        assertThat(job.isDone()).isEqualTo(epochs == 1 && job.from().isPresent());
      }
      assertThat(RunReader.rows(run)).hasSize(Math.min(epochs, Small.EPOCHS));
    }
    for (String file : List.of("config.yaml", "model.safetensors", "checkpoint.safetensors")) {
      assertThat(Files.mismatch(run.resolve(file), straight.resolve(file))).as(file).isEqualTo(-1);
    }
  }

  @Test
  void aFolderOfAnotherTrainingIsLeftAlone() throws IOException {
    byte[] checkpoint = Files.readAllBytes(whole.resolve("checkpoint.safetensors"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingJob.begin(whole, setup(Small.EPOCHS)))
        .withMessageContaining("' is not empty; nothing was changed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingJob.beginOrResume(whole, setup(Small.EPOCHS, 4, Small.TRAIN)))
        .withMessageContaining("'seed: 3' there, 'seed: 4' here");
    ImageSet others = Small.images(14, 28, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingJob.resume(whole, setup(Small.EPOCHS, 3, others)))
        .withMessageContaining("was written in a training on 14 training examples of checksum");
    Path thesis = Files.writeString(Files.createDirectory(own.resolve("thesis")).resolve("thesis.txt"), "words");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingJob.beginOrResume(thesis.getParent(), setup(1)))
        .withMessageContaining("' is not empty; nothing was changed");
    assertThat(thesis.getParent().toFile().list()).containsExactly("thesis.txt");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingJob.resume(own.resolve("none"), setup(1)))
        .withMessageContaining("holds no run: there is no such folder");
    assertThat(whole.resolve("checkpoint.safetensors")).hasBinaryContent(checkpoint);
    try (TrainingJob job = TrainingJob.resume(whole, setup(Small.EPOCHS))) {
      assertThat(job.isDone()).as("the folder was given back").isTrue();
    }
  }

  @Test
  void aFolderIsOneTrainingsUntilItIsClosed() {
    Path run = own.resolve("run");
    try (TrainingJob job = TrainingJob.beginOrResume(run, setup(1))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> TrainingJob.beginOrResume(run, setup(1)))
          .withMessageStartingWith("another training is writing into '" + run + "'");
      assertThat(job.stopWhen(() -> true).run().position()).isEqualTo(TrainingPosition.START);
    }
    try (TrainingJob job = TrainingJob.beginOrResume(run, setup(1))) {
      assertThat(job.from()).contains(TrainingPosition.START);
    }
  }
}
