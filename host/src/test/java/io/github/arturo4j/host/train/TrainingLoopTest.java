// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.Checkpoint;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.StepRow;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.host.schedule.Constant;
import io.github.arturo4j.host.schedule.Cosine;
import io.github.arturo4j.host.schedule.Linear;
import io.github.arturo4j.host.schedule.Progress;
import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.host.schedule.Unit;
import io.github.arturo4j.host.schedule.WarmUp;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.Huber;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.layer.Tanh;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A training without a disk. */
class TrainingLoopTest {
  private static final ImageSet TRAIN = Small.images(14, 4, 1);
  private static final ImageSet TEST = Small.images(6, 4, 2);

  private final Network network = Small.linear();

  private TrainingLoop loop(Experiment experiment, TrainingListener... listeners) {
    return new TrainingLoop(network, experiment, TRAIN, TEST, Devices.find(null).device()).listeners(List.of(listeners));
  }

  /** Notes what it is told, with the numbers that tell where the training is. */
  private static class Notes implements TrainingListener {
    final List<String> lines = new ArrayList<>();
    final List<Checkpoint> checkpoints = new ArrayList<>();
    final List<StepRow> steps = new ArrayList<>();

    @Override
    public void started(TrainingStart start) {
      assertThat(start.deviceBytes()).isPositive();
      lines.add("started " + start.network().name() + " " + position(start.position()));
    }

    @Override
    public void epochStarted(int epoch, int steps) {
      lines.add("epoch " + epoch + " of " + steps);
    }

    @Override
    public void stepDone(int step, double seconds, int images) {
      assertThat(seconds).isPositive();
      lines.add("step " + step + " of " + images);
    }

    @Override
    public void evaluating() {
      lines.add("evaluating");
    }

    @Override
    public void stepEvaluated(StepRow row) {
      steps.add(row);
      lines.add("evaluated " + row.step());
    }

    @Override
    public void epochDone(EpochResult epoch) {
      assertThat(epoch.row().trainLoss()).isPositive();
      lines.add("done " + epoch.row().epoch() + " after " + epoch.state().steps());
    }

    @Override
    public void checkpointed(Checkpoint reached) {
      checkpoints.add(reached);
      lines.add("checkpoint " + position(reached.position()));
    }

    @Override
    public void warning(String line) {
      lines.add("warning " + line);
    }

    @Override
    public void stopped(TrainingResult result) {
      lines.add((result.finished() ? "finished " : "stopped ") + position(result.position()));
    }

    @Override
    public void failed(Throwable failure) {
      lines.add("failed: " + failure.getMessage());
    }

    private static String position(TrainingPosition position) {
      return position.epoch() + "." + position.step();
    }
  }

  @Test
  void aListenerIsToldEverythingInItsOrder() {
    Notes notes = new Notes();
    TrainingResult result = loop(Small.experiment("arturo"), notes).begin();
    assertThat(notes.lines)
        .containsExactly(
            "started linear 1.0", "checkpoint 1.0", "epoch 1 of 3", "step 1 of 5", "step 2 of 5", "step 3 of 4",
            "evaluating", "evaluating", "done 1 after 3", "checkpoint 2.0", "epoch 2 of 3", "step 1 of 5", "step 2 of 5",
            "step 3 of 4", "evaluating", "evaluating", "done 2 after 6", "checkpoint 3.0", "finished 3.0");
    assertThat(result.finished()).isTrue();
    assertThat(result.rows()).hasSize(2);
    assertThat(result.rows().getLast().trainLoss()).isLessThan(result.rows().getFirst().trainLoss());
    assertThat(result.state().weights().parameters())
        .isEqualTo(notes.checkpoints.getLast().state().weights().parameters());
  }

  /** Five questions an epoch: before each step and each of the two evaluations. */
  @Test
  void aLoopThatStopsGoesOnToTheBit() {
    Experiment experiment = Small.experiment("arturo");
    TrainingResult whole = loop(experiment).begin();
    for (int stopAt : new int[] {1, 2, 4, 5, 6, 10}) {
      Notes notes = new Notes();
      TrainingResult stopped = loop(experiment, notes).stopWhen(after(stopAt)).begin();
      assertThat(stopped.finished()).isFalse();
      assertThat(notes.lines.getLast()).startsWith("stopped ");
      Checkpoint from = notes.checkpoints.getLast();
      assertThat(from.position()).isEqualTo(stopped.position());
      TrainingResult resumed = loop(experiment).resume(from);
      assertThat(resumed.state().weights().parameters()).as("stop %d", stopAt)
          .isEqualTo(whole.state().weights().parameters());
      assertThat(resumed.state().optimizer().get("precision")).isEqualTo(whole.state().optimizer().get("precision"));
      assertThat(resumed.rows().getLast().judgedLoss()).isEqualTo(whole.rows().getLast().judgedLoss());
    }
  }

  /** All that a row tells but its times. */
  private static List<Object> timeless(EpochRow row) {
    return List.of(
        row.epoch(), row.rate(), row.train(), row.judged(), row.eta(), row.klTaken(), row.negativeCurvature(), row.skippedSteps());
  }

  /** Within an epoch, at its end, and a step that never comes. */
  private static Experiment evaluated(String optimizer) {
    return Small.experiment(optimizer).change().evaluateAt(List.of(2, 3, 5, 99)).build();
  }

  @Test
  void evaluationsAfterStepsAreToldAndChangeNoBitOfTheTraining() {
    for (String optimizer : List.of("arturo", "adam")) {
      Notes notes = new Notes();
      TrainingResult plain = loop(Small.experiment(optimizer)).begin();
      TrainingResult evaluated = loop(evaluated(optimizer), notes).begin();
      assertThat(notes.lines)
          .containsExactly(
              "started linear 1.0", "checkpoint 1.0", "epoch 1 of 3", "step 1 of 5", "step 2 of 5", "evaluating", "evaluated 2",
              "step 3 of 4", "evaluating", "evaluated 3", "evaluating", "evaluating", "done 1 after 3", "checkpoint 2.0",
              "epoch 2 of 3", "step 1 of 5", "step 2 of 5", "evaluating", "evaluated 5", "step 3 of 4", "evaluating", "evaluating",
              "done 2 after 6", "checkpoint 3.0", "finished 3.0");
      assertThat(evaluated.state().weights().parameters()).isEqualTo(plain.state().weights().parameters());
      evaluated.state().optimizer().forEach((name, values) -> assertThat(values).isEqualTo(plain.state().optimizer().get(name)));
      assertThat(evaluated.rows().stream().map(TrainingLoopTest::timeless))
          .containsExactlyElementsOf(plain.rows().stream().map(TrainingLoopTest::timeless).toList());
      assertThat(notes.steps.get(1).judged()).as("the end of the first epoch").isEqualTo(plain.rows().getFirst().judged());
      assertThat(notes.steps).extracting(row -> row.judged().loss()).doesNotHaveDuplicates();
    }
  }

  /** Seven questions in the first epoch, six in the second: before each step and each evaluation. */
  @Test
  void everyEvaluationAfterAStepIsMadeOnceWhereverItStops() {
    Notes whole = new Notes();
    TrainingResult result = loop(evaluated("arturo"), whole).begin();
    for (int stopAt = 1; stopAt <= 13; stopAt++) {
      Notes notes = new Notes();
      assertThat(loop(evaluated("arturo"), notes).stopWhen(after(stopAt)).begin().finished()).as("stop %d", stopAt).isFalse();
      int last = notes.steps.isEmpty() ? 0 : notes.steps.getLast().step();
      TrainingResult resumed = loop(evaluated("arturo"), notes).evaluatedAfter(last).resume(notes.checkpoints.getLast());
      assertThat(notes.steps).as("stop %d", stopAt).isEqualTo(whole.steps);
      assertThat(resumed.state().weights().parameters()).isEqualTo(result.state().weights().parameters());
    }
  }

  /** The rate of each of the six steps is another one, and a stop changes none. */
  @Test
  void aScheduleByStepGoesOnInsideAnEpochToTheBit() {
    Schedule schedule = new WarmUp(2, 0.1, Unit.STEP, new Cosine(null, 0.0, Unit.STEP));
    Experiment experiment = Small.experiment("sgd").with(schedule);
    double initial = experiment.optimizer().initialRate();
    TrainingResult whole = loop(experiment).begin();
    assertThat(whole.rows()).extracting(EpochRow::rate)
        .containsExactly(schedule.rate(initial, new Progress(2, 3, 6)), schedule.rate(initial, new Progress(5, 3, 6)));
    assertThat(whole.rows().getFirst().rate()).isEqualTo(initial);
    assertThat(whole.state().weights().parameters())
        .isNotEqualTo(loop(experiment.with(new Constant())).begin().state().weights().parameters());
    for (int stopAt : new int[] {2, 3, 8}) {
      Notes notes = new Notes();
      loop(experiment, notes).stopWhen(after(stopAt)).begin();
      TrainingResult resumed = loop(experiment).resume(notes.checkpoints.getLast());
      assertThat(resumed.state().weights().parameters()).as("stop %d", stopAt)
          .isEqualTo(whole.state().weights().parameters());
      assertThat(resumed.rows().getLast().rate()).isEqualTo(whole.rows().getLast().rate());
    }
  }

  @Test
  void aRateThatTheOptimizerDoesNotTakeIsRefusedBeforeTheFirstStep() {
    Experiment experiment = Small.experiment("sgd").with(new Linear(5, 0.0, Unit.STEP)); // the sixth step has 0
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loop(experiment))
        .withMessage(
            "schedule is linear (length 5, finalFactor 0.0, unit step), so that the rate of the last step is 0.0; it must be"
                + " positive and finite");
  }

  private static BooleanSupplier after(int questions) {
    int[] asked = {0};
    return () -> ++asked[0] == questions;
  }

  @Test
  void whatAListenerThrowsEndsTheTrainingAndEveryListenerIsTold() {
    Notes before = new Notes();
    Notes after = new Notes();
    TrainingListener throwing =
        new TrainingListener() {
          @Override
          public void stepDone(int step, double seconds, int images) {
            throw new IllegalStateException("no more");
          }

          @Override
          public void failed(Throwable failure) {
            throw new IllegalStateException("nor here");
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(loop(Small.experiment("sgd"), before, throwing, after)::begin)
        .withMessage("no more")
        .satisfies(failure -> assertThat(failure.getSuppressed()).singleElement().hasToString(
            "java.lang.IllegalStateException: nor here"));
    assertThat(before.lines).endsWith("step 1 of 5", "failed: no more");
    assertThat(after.lines).endsWith("epoch 1 of 3", "failed: no more");
  }

  @Test
  void aDivergedTrainingSaysWhatIsNotFiniteAndLeavesNoCheckpointOfIt() {
    Experiment experiment = Small.experiment("sgd");
    experiment = experiment.with(null, null, null, experiment.optimizer().withInitialRate(3e38));
    Notes notes = new Notes();
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(loop(experiment, notes)::begin)
        .withMessageEndingWith("; train anew with a smaller --learning-rate")
        .satisfies(diverged -> assertThat(diverged.getMessage()).startsWith(diverged.what() + "; "));
    assertThat(notes.checkpoints).singleElement().extracting(Checkpoint::position).isEqualTo(TrainingPosition.START);
    assertThat(notes.lines.getLast()).startsWith("failed: ");
  }

  @Test
  void weightsOfTheCallersOwnAreBegunWith() {
    float[] parameters = new float[network.parameterCount()];
    Notes notes = new Notes();
    loop(Small.experiment("sgd"), notes).begin(new Weights(parameters, new float[0]));
    assertThat(notes.checkpoints.getFirst().state().weights().parameters()).isEqualTo(parameters);
    assertThat(notes.checkpoints.getLast().state().weights().parameters()).isNotEqualTo(parameters);
  }

  /** Floats, two target values an example, and metrics of their own in the rows. */
  @Test
  void aRegressionIsATrainingLikeAnyOther() {
    Examples train = functions(60, 1);
    Examples test = functions(30, 2);
    Network mlp =
        new Network("mlp", new Shape(3), List.of(new io.github.arturo4j.models.layer.Linear(16), new Tanh(),
            new io.github.arturo4j.models.layer.Linear(2)));
    Experiment adam = Small.experiment("adam").with(Experiments.find("fmnist_cnn-adam").schedule());
    Experiment experiment =
        adam.with(120, 20, 3L, adam.optimizer().withInitialRate(.02)).change()
            .loss(new Huber()).metrics(List.of("r2", "rmse")).build();
    TrainingResult result =
        new TrainingLoop(mlp, experiment, train, test, Devices.find(null).device()).begin();
    EpochRow last = result.rows().getLast();
    assertThat(last.metrics()).containsExactly("r2", "rmse");
    assertThat(last.judged().metric("r2")).isGreaterThan(.9);
    assertThat(last.judged().metric("rmse")).isLessThan(result.rows().getFirst().judged().metric("rmse") / 2);
    assertThat(last.trainLoss()).isLessThan(.05);
    Experiment other = experiment.change().metrics(List.of("accuracy")).build();
    TrainingLoop wrong = new TrainingLoop(mlp, other, train, test, Devices.find(null).device());
    assertThatIllegalArgumentException()
        .isThrownBy(wrong::begin)
        .withMessage(
            "the metric accuracy takes a class for each example as target, not 2 values; choose one that takes values");
  }

  private static Examples functions(int count, long seed) {
    Random random = new Random(seed);
    float[] x = new float[3 * count];
    float[] y = new float[2 * count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < 3; j++) {
        x[3 * i + j] = (float) random.nextDouble(-1, 1);
      }
      y[2 * i] = x[3 * i] - x[3 * i + 1];
      y[2 * i + 1] = x[3 * i] * x[3 * i + 2] + .5f;
    }
    return Examples.of(Features.of(x, 3), Targets.values(y, 2));
  }

  @Test
  void withoutEvaluationNoTestSetIsNeeded() {
    Notes notes = new Notes() {
      @Override
      public void epochDone(EpochResult epoch) {
        assertThat(epoch.row().trainLoss()).isNaN();
        assertThat(epoch.row().judged().metric("accuracy")).isNaN();
        assertThat(epoch.row().networkSeconds()).isPositive();
      }
    };
    TrainingResult result =
        new TrainingLoop(network, Small.experiment("sgd"), TRAIN, null, Devices.find(null).device())
            .listeners(List.of(notes))
            .withoutEvaluation()
            .begin();
    assertThat(notes.lines).doesNotContain("evaluating");
    assertThat(result.state().weights().parameters())
        .isEqualTo(loop(Small.experiment("sgd")).begin().state().weights().parameters());
  }
}
