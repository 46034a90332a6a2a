// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.run.Checkpoint;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.Provenance;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.kernels.optimizer.StepReport;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.plan.Evaluation;
import io.github.arturo4j.models.plan.EvaluationPlan;
import io.github.arturo4j.models.plan.TrainingPlan;
import io.github.arturo4j.models.plan.TrainingState;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Trains the network of an experiment: for each epoch a new order of the images, a step for each of the {@link Batches},
 * the last, smaller one included, then an evaluation with dropout off on the training and on the test set. A checkpoint is
 * written to the run folder before the first epoch, and each epoch, with a checkpoint, before the next begins.
 */
public final class Trainer {
  /** Images of an evaluation step. */
  public static final int EVALUATION_BATCH = 500;

  /** A diverged training stops within that time, or the time of a step where that is longer; a check costs a transfer. */
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The array of an optimizer that has precisions. */
  private static final String PRECISION = "precision";

  private final RunConfig config;
  private final Network network;
  private final Batches batches;
  private final Experiment experiment;
  private final ImageSet train;
  private final ImageSet test;
  private final TornadoDevice device;
  private final Progress progress;
  private final BooleanSupplier stop;
  private Consumer<TrainingPlan> setUp = plan -> {};
  private Weights initial;

  /**
   * A trainer on that device.
   *
   * @param config of the run
   * @param stop asked before each step and each batch of an evaluation: whether to stop there
   */
  public Trainer(
      RunConfig config,
      ImageSet train,
      ImageSet test,
      TornadoDevice device,
      Progress progress,
      BooleanSupplier stop) {
    this.config = config;
    this.experiment = config.experiment();
    this.train = train;
    network = ModelZoo.create(experiment.model(), train.classes());
    batches = Batches.of(network, train.count(), experiment.batchSize());
    this.test = test;
    this.device = device;
    this.progress = progress;
    this.stop = stop;
  }

  /** Gives a plan to {@code how} before its first step, to have it profiled for instance. */
  public Trainer setUp(Consumer<TrainingPlan> how) {
    setUp = how;
    return this;
  }

  /** Begins with those weights; for null, and without this call, with random ones of the experiment's seed. */
  public Trainer initial(Weights weights) {
    initial = weights;
    return this;
  }

  /**
   * Trains into a run folder until all epochs are done or it is to stop; then it writes a checkpoint at once.
   *
   * @param from where to go on; null to begin
   * @return where the training stands, also in the run folder
   * @throws DivergedException if a loss or a weight is not finite any more; the folder stays as it was before that
   */
  public TrainingPosition run(RunFolder folder, Checkpoint from) {
    Provenance origin = Provenance.of(config, train);
    TrainingPosition position = from == null ? TrainingPosition.START : from.position();
    try (TrainingPlan plan =
            new TrainingPlan(
                network,
                experiment.optimizer().create(),
                train,
                experiment.preprocessing(),
                initial == null ? network.initialWeights(experiment.seed()) : initial,
                batches.size(),
                experiment.seed(),
                device);
        EvaluationPlan onTrain =
            new EvaluationPlan(network, train, experiment.preprocessing(), batch(train), device);
        EvaluationPlan onTest =
            new EvaluationPlan(network, test, experiment.preprocessing(), batch(test), device)) {
      TrainingState begun = from == null ? plan.state() : from.state();
      if (from == null) {
        folder.writeCheckpoint(new Checkpoint(position, begun), origin); // also shows that there is room for it
      } else {
        plan.restore(begun);
      }
      folder.shortage(network, begun.optimizer().containsKey(PRECISION)).ifPresent(progress::warning);
      setUp.accept(plan);
      folder.deviceBytes(plan.deviceBytes() + onTrain.deviceBytes() + onTest.deviceBytes());
      while (position.epoch() <= experiment.epochs()) {
        double network0 = plan.networkSeconds();
        double optimizer0 = plan.optimizerSeconds();
        long skipped0 = skipped(plan.report());
        TrainingPosition start = position;
        position = train(plan, position);
        StepReport report = plan.report();
        checkSkipped(skipped(report) - skipped0, start, position);
        double networkSeconds = plan.networkSeconds() - network0;
        double optimizerSeconds = plan.optimizerSeconds() - optimizer0;
        TrainingState state = plan.state();
        int epoch = position.epoch();
        // The loss does not show what its own last step has done to the weights.
        state.weights().notFinite(network).ifPresent(value -> diverged(value + " after the steps of epoch " + epoch));
        float[] precision = plan.precision();
        checkPrecision(precision, epoch);
        Optional<EpochRow> row = Optional.empty();
        if (position.step() == batches.steps()) {
          row =
              evaluate(
                  state.weights(), report, onTrain, onTest, position.epoch(), networkSeconds, optimizerSeconds);
        }
        if (row.isEmpty()) {
          folder.writeCheckpoint(new Checkpoint(position, state), origin);
          return position;
        }
        position = position.nextEpoch();
        folder.writeEpoch(network, state, precision, row.get(), origin);
        folder.writeCheckpoint(new Checkpoint(position, state), origin);
        folder.writePlot().ifPresent(progress::warning);
        progress.epochDone(row.get());
      }
    }
    return position;
  }

  /** The row of an epoch whose steps are done; nothing if it was stopped. */
  private Optional<EpochRow> evaluate(
      Weights weights,
      StepReport report,
      EvaluationPlan onTrain,
      EvaluationPlan onTest,
      int epoch,
      double networkSeconds,
      double optimizerSeconds) {
    long start = System.nanoTime();
    Optional<Evaluation> trained = onTrain.evaluate(weights, stop);
    Optional<Evaluation> tested = trained.isEmpty() ? trained : onTest.evaluate(weights, stop);
    if (tested.isEmpty()) {
      return Optional.empty();
    }
    checkLoss(trained.get().loss(), "the loss on the training set after epoch " + epoch);
    checkLoss(tested.get().loss(), "the loss on the test set after epoch " + epoch);
    double evaluation = (System.nanoTime() - start) * 1e-9;
    return Optional.of(
        new EpochRow(
            epoch,
            rate(epoch),
            trained.get().loss(),
            trained.get().accuracy(),
            tested.get().loss(),
            tested.get().accuracy(),
            networkSeconds,
            optimizerSeconds,
            evaluation,
            report.eta(),
            report.klTaken(),
            report.negativeCurvature(),
            report.skippedSteps()));
  }

  private double rate(int epoch) {
    return experiment.schedule().rate(experiment.optimizer().initialRate(), epoch);
  }

  private static int batch(ImageSet images) {
    return Math.min(EVALUATION_BATCH, images.count());
  }

  /** Makes the steps of an epoch from a position in it on, until it is to stop; where it stands then. */
  private TrainingPosition train(TrainingPlan plan, TrainingPosition from) {
    int epoch = from.epoch();
    int[] order = EpochShuffle.of(train.count(), experiment.seed(), epoch);
    double rate = rate(epoch);
    progress.epochStarted(epoch, batches.steps());
    int step = from.step();
    long checked = System.nanoTime();
    for (; step < batches.steps() && !stop.getAsBoolean(); step++) {
      int count = batches.count(step);
      plan.reporting(step == batches.steps() - 1);
      long start = System.nanoTime();
      plan.step(order, batches.first(step), count, rate);
      long end = System.nanoTime();
      progress.stepDone(step + 1, (end - start) * 1e-9, count);
      if (end - checked >= CHECK_NANOS) {
        checkSteps(plan, epoch);
        checked = end;
      }
    }
    // Also where it stops, or a training that goes on from there would not know of a loss that was no number.
    checkSteps(plan, epoch);
    return new TrainingPosition(epoch, step);
  }

  /** Waits for the device and downloads the sum of the losses since the last check. */
  private void checkSteps(TrainingPlan plan, int epoch) {
    checkLoss(plan.metrics().lossSum(), "the training loss of epoch " + epoch);
  }

  private void checkLoss(double loss, String what) {
    if (!Double.isFinite(loss)) {
      diverged(what + " is " + loss);
    }
  }

  private void checkPrecision(float[] precision, int epoch) {
    for (float value : precision) {
      if (!Float.isFinite(value)) {
        diverged("a weight's precision is " + value + " after the steps of epoch " + epoch);
      }
    }
  }

  private static long skipped(StepReport report) {
    return report == null ? 0 : report.skippedSteps(); // before the first step
  }

  /** Warns of skipped steps; an epoch of nothing else has learnt nothing, and neither would the next. */
  private void checkSkipped(long skipped, TrainingPosition start, TrainingPosition end) {
    if (skipped == 0) {
      return;
    }
    int made = end.step() - start.step();
    if (skipped == batches.steps()) {
      String what = "all " + made + " steps of epoch " + end.epoch() + " were skipped, since no gradient was finite";
      if (start.equals(TrainingPosition.START) && config.weights() != null) {
        throw new IllegalStateException(what + "; begin with other weights (--weights), or without");
      }
      diverged(what);
    }
    progress.warning(
        "epoch " + end.epoch() + ": " + skipped + " of " + made + " steps skipped, since a gradient was not finite");
  }

  private void diverged(String what) {
    throw new DivergedException(
        what, "train anew with " + experiment.remedy() + ". Earlier epochs are in the run folder");
  }
}
