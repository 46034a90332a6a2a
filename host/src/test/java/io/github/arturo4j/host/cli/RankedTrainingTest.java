// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.Single;
import io.github.arturo4j.collective.ThreadRanks;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.host.train.DataSource;
import io.github.arturo4j.host.train.DivergedException;
import io.github.arturo4j.host.train.RankFollower;
import io.github.arturo4j.host.train.RankLeader;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingResult;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trainings in a folder by several ranks, here threads, of which the first alone knows the folder. On TornadoVM, whose compiler is not
 * for several threads, {@link MpirunTest} has processes.
 */
class RankedTrainingTest {
  private static final int CODE = 7;
  private static final Devices.Entry DEVICE = Devices.find(null);

  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;
  private static Path other;

  @BeforeAll
  static void writeData() throws IOException {
    assumeTrue(DEVICE.id().equals("jvm"), "TornadoVM compiles in one thread");
    data = SyntheticData.write(shared.resolve("data"), 150, 30);
    other = SyntheticData.write(shared.resolve("other"), 151, 30);
  }

  private static DataSource source(Path folder) {
    return new DataSource(folder, line -> {});
  }

  private static TrainingSetup setup(String optimizer, int epochs) {
    Experiment published = Experiments.find("fmnist_cnn", optimizer);
    Experiment experiment = published.with(epochs, 40, 3L, published.optimizer()).change().evaluateAt(List.of(2, 5)).build();
    return TrainingSetup.of(experiment, source(data), null, null, DEVICE);
  }

  /** One command on all ranks; what the training comes to. */
  private static TrainingResult train(
      int ranks, Path run, TrainingSetup setup, Path dataOfOthers, IntFunction<BooleanSupplier> stop) throws InterruptedException {
    List<TrainingResult> results =
        ThreadRanks.run(ranks, rank -> {
          BooleanSupplier stops = stop.apply(rank.rank());
          return rank.isFirst() ? lead(rank, run, setup, stops) : follow(rank, dataOfOthers, stops);
        });
    return results.getFirst();
  }

  private static TrainingResult lead(Collective ranks, Path run, TrainingSetup setup, BooleanSupplier stop) {
    RankLeader leader = new RankLeader(ranks);
    try (TrainingJob job = TrainingJob.beginOrResume(run, setup.dividedAmong(ranks.size()))) {
      return job.ledBy(leader).stopWhen(stop).run();
    } finally {
      leader.end(CODE);
    }
  }

  private static TrainingResult follow(Collective ranks, Path folder, BooleanSupplier stop) {
    int code = new RankFollower(ranks, source(folder), () -> DEVICE, stop, Failures::line).follow();
    assertThat(code).isEqualTo(CODE);
    return null;
  }

  private static TrainingResult train(int ranks, Path run, TrainingSetup setup) throws InterruptedException {
    return train(ranks, run, setup, data, rank -> () -> false);
  }

  private static BooleanSupplier after(int questions) {
    int[] asked = {0};
    return () -> ++asked[0] == questions;
  }

  private static List<Double> losses(Path run) {
    return RunReader.rows(run).stream().map(EpochRow::judgedLoss).toList();
  }

  /** Weights are the same to a few roundings: what differs is the order in which gradients are added. */
  @ParameterizedTest
  @ValueSource(strings = {"arturo", "adaptive", "adam", "sgd", "ivon"})
  void trainsAsOneProcess(String optimizer) throws Exception {
    Path alone = own.resolve("alone");
    Path three = own.resolve("three");
    train(1, alone, setup(optimizer, 1));
    assertThat(train(3, three, setup(optimizer, 1)).finished()).isTrue();
    assertThat(losses(three).getFirst()).isCloseTo(losses(alone).getFirst(), within(1e-3));
    assertThat(RunReader.rows(three).getFirst().trainLoss())
        .isCloseTo(RunReader.rows(alone).getFirst().trainLoss(), within(1e-3));
    assertThat(RunReader.steps(three)).hasSize(1);
    assertThat(Files.readAllBytes(three.resolve("config.yaml"))).isEqualTo(Files.readAllBytes(alone.resolve("config.yaml")));
  }

  @Test
  void theSameRanksComeToTheSameBits() throws Exception {
    Path once = own.resolve("once");
    Path again = own.resolve("again");
    train(2, once, setup("arturo", 2));
    train(2, again, setup("arturo", 2));
    ResumeTest.assertSame(again, once);
  }

  /** Asked on any rank, all stop at the same step; as many go on bit for bit, and others do, too. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void goesOnWithAsManyRanksOrOthers(int asked) throws Exception {
    Path whole = own.resolve("whole");
    train(2, whole, setup("arturo", 2));
    Path stopped = own.resolve("stopped");
    TrainingResult result =
        train(2, stopped, setup("arturo", 2), data, rank -> rank == asked ? after(4) : () -> false);
    assertThat(result.finished()).isFalse();
    assertThat(result.position()).isEqualTo(new TrainingPosition(1, 2));
    Path elsewhere = own.resolve("elsewhere");
    Files.createDirectory(elsewhere);
    for (String file : List.of("config.yaml", "checkpoint.safetensors", "metrics.csv", "steps.csv")) {
      if (Files.exists(stopped.resolve(file))) {
        Files.copy(stopped.resolve(file), elsewhere.resolve(file));
      }
    }
    train(2, stopped, setup("arturo", 2));
    ResumeTest.assertSame(stopped, whole);
    train(4, elsewhere, setup("arturo", 3));
    train(1, elsewhere, setup("arturo", 4));
    assertThat(losses(elsewhere)).hasSize(4);
    assertThat(losses(elsewhere).get(1)).isCloseTo(losses(whole).get(1), within(1e-3));
  }

  @Test
  void whatIsDoneTellsTheOthersNothing() throws Exception {
    Path run = own.resolve("run");
    train(1, run, setup("sgd", 1));
    assertThat(train(2, run, setup("sgd", 1)).finished()).isTrue();
  }

  @Test
  void otherDataOnAnotherRankAreRefused() {
    assertThatThrownBy(() -> train(3, own.resolve("run"), setup("sgd", 1), other, rank -> () -> false))
        .hasRootCauseInstanceOf(OperationException.class)
        .rootCause()
        .hasMessageStartingWith("rank 1 cannot train: rank 0 has ")
        .hasMessageEndingWith(" here; give every rank the same data set (--data)");
  }

  @Test
  void dataThatAreMissingOnAnotherRankAreToldByTheFirst() {
    Path nowhere = own.resolve("nowhere");
    assertThatThrownBy(() -> train(2, own.resolve("run"), setup("sgd", 1), nowhere, rank -> () -> false))
        .rootCause()
        .hasMessageStartingWith("rank 1 cannot train: ").hasMessageContaining("nowhere");
  }

  /** All come to it at the same step; the others wait for what the first does next. */
  @Test
  void aDivergedTrainingIsToldByTheFirstAlone() {
    Experiment sgd = Experiments.find("fmnist_cnn", "sgd");
    TrainingSetup setup =
        TrainingSetup.of(
            sgd.with(1, 40, 3L, SgdHyperparameters.builder().learningRate(1e30).build()), source(data), null, null, DEVICE);
    assertThatThrownBy(() -> train(2, own.resolve("run"), setup)).rootCause().isInstanceOf(DivergedException.class);
  }

  @Test
  void aStepOfFewerExamplesThanRanksIsRefused() {
    Experiment sgd = Experiments.find("fmnist_cnn", "sgd");
    TrainingSetup setup = TrainingSetup.of(sgd.with(1, 2, 3L, sgd.optimizer()), source(data), null, null, DEVICE);
    assertThatThrownBy(() -> setup.dividedAmong(3))
        .isInstanceOf(UsageException.class)
        .hasMessage("batchSize (--batch-size) is 2 for 3 ranks; choose 3 or more, or start fewer ranks");
    assertThat(setup.dividedAmong(2)).isSameAs(setup);
  }

  @Test
  void aProcessAloneLeadsItself() {
    RankLeader leader = new RankLeader(Single.INSTANCE);
    leader.end(CODE);
    assertThat(leader.ranks().size()).isEqualTo(1);
  }
}
