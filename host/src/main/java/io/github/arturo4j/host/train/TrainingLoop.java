// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.Single;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.run.BestEpoch;
import io.github.arturo4j.host.run.Checkpoint;
import io.github.arturo4j.host.run.Diagnosis;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.JudgingSet;
import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.host.run.StepRow;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.host.schedule.Progress;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.optimizer.StepReport;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.plan.Batches;
import io.github.arturo4j.models.plan.Evaluation;
import io.github.arturo4j.models.plan.TrainingMetrics;
import io.github.arturo4j.models.plan.TrainingPlan;
import io.github.arturo4j.models.plan.TrainingPlanBuilder;
import io.github.arturo4j.models.plan.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Trains a network: for each epoch a new order of the examples, a step for each of the {@link Batches}, the last, smaller
 * one included, then an evaluation with dropout off on the training and on the test set. It knows no disk: what is to be
 * shown, stored or measured is for its {@linkplain TrainingListener listeners}. {@link TrainingJob} trains into a folder. With
 * several ranks each has a loop of its own, made of the same values; what one of them is asked to, all do at the same step.
 */
public final class TrainingLoop {
  /** Examples of an evaluation step at most. */
  public static final int EVALUATION_BATCH = 500;

  /** Bytes of what layers put out in an evaluation step, about, at most. */
  private static final long EVALUATION_BYTES = 600_000_000;

  /** The array of an optimizer that has precisions. */
  private static final String PRECISION = "precision";

  private final Network network;
  private final Batches batches;
  private final Experiment experiment;
  private final Examples train;
  private final Examples test;
  private final TornadoDevice device;
  private DeviceTraits traits;
  private final double initialRate;
  private final FiniteCheck finite;
  private final StepWindow window = new StepWindow();
  private TrainingListener listeners = new Listeners(List.of());
  private BooleanSupplier stop = () -> false;
  private Collective ranks = Single.INSTANCE;
  private boolean replays;
  private boolean evaluates = true;
  private int lastEpoch;
  private JudgingSet judgedBy = JudgingSet.test;
  private List<EpochRow> before = List.of();
  private int evaluatedAfter;
  private boolean stopped;

  /**
   * A loop on that device.
   *
   * @param network what is trained
   * @param experiment how: its epochs, batch size, seed, preprocessing, loss, metrics, schedule and optimizer; model and data
   *     set are not looked at
   * @param train the examples that it is trained on
   * @param test the examples that each epoch is judged by
   * @throws IllegalArgumentException if a scheduled rate is out of the optimizer's range
   */
  public TrainingLoop(Network network, Experiment experiment, Examples train, Examples test, TornadoDevice device) {
    this.network = network;
    this.experiment = experiment;
    this.train = train;
    this.test = test;
    this.device = device;
    traits = DeviceTraits.of(device);
    batches = Batches.of(network, train.count(), experiment.batchSize());
    experiment.checkRates(batches.steps());
    initialRate = experiment.optimizer().initialRate();
    lastEpoch = experiment.epochs();
    finite = new FiniteCheck(experiment);
  }

  /** Says what kernels are chosen for; the device's own traits where nobody says. */
  public TrainingLoop traits(DeviceTraits chosen) {
    traits = chosen;
    return this;
  }

  /** Tells those, in this order. */
  public TrainingLoop listeners(List<TrainingListener> told) {
    listeners = new Listeners(told);
    return this;
  }

  /**
   * Stops where that says so.
   *
   * @param asked before each step and each batch of an evaluation: whether to stop there
   */
  public TrainingLoop stopWhen(BooleanSupplier asked) {
    stop = asked;
    return this;
  }

  /** Trains together with others, see {@link TrainingPlanBuilder#ranks}. Rank 0 alone has rows of epochs before. */
  public TrainingLoop ranks(Collective together) {
    ranks = together;
    return this;
  }

  /** Has the steps recorded as a CUDA graph, see {@link TrainingPlan#replayAsCudaGraph}. */
  public TrainingLoop replayAsCudaGraph() {
    replays = true;
    return this;
  }

  /** Ends an epoch with its last step: losses of its row are NaN, metrics there are none, and no test set is needed. */
  public TrainingLoop withoutEvaluation() {
    evaluates = false;
    return this;
  }

  /** Ends after that epoch. The schedule still spans all of the experiment's, so that a training may go on from there. */
  public TrainingLoop until(int epoch) {
    lastEpoch = Math.min(epoch, experiment.epochs());
    return this;
  }

  /** Says which examples epochs are judged by; the test set where nobody says. */
  public TrainingLoop judgedBy(JudgingSet set) {
    judgedBy = set;
    return this;
  }

  /** The rows of the epochs before it goes on, for a patience to count. */
  public TrainingLoop behind(List<EpochRow> rows) {
    before = List.copyOf(rows);
    return this;
  }

  /** Says after which step it was evaluated last before it goes on; that of the step where it stands may have been cut off. */
  public TrainingLoop evaluatedAfter(int step) {
    evaluatedAfter = step;
    return this;
  }

  /**
   * Trains from the first step on, with random weights of the experiment's seed.
   *
   * @throws DivergedException if a loss or a weight is not finite any more
   */
  public TrainingResult begin() {
    return told(network.initialWeights(experiment.seed()), false, null);
  }

  /**
   * Trains from the first step on.
   *
   * @param weights to begin with
   * @throws DivergedException if a loss or a weight is not finite any more
   * @throws OperationException if these weights give no finite gradient in the whole first epoch
   */
  public TrainingResult begin(Weights weights) {
    return told(weights, true, null);
  }

  /**
   * Goes on with a training of the same network, experiment and images, bit for bit.
   *
   * @throws DivergedException if a loss or a weight is not finite any more
   */
  public TrainingResult resume(Checkpoint from) {
    return told(from.state().weights(), false, from);
  }

  private TrainingResult told(Weights weights, boolean given, Checkpoint from) {
    try {
      TrainingResult result = run(weights, given, from);
      listeners.stopped(result);
      return result;
    } catch (RuntimeException | Error e) {
      listeners.failed(e);
      throw e;
    }
  }

  /**
   * Trains until its epochs are done or it is to stop.
   *
   * @param given whether somebody has chosen the weights
   * @param from where to go on; null to begin
   */
  private TrainingResult run(Weights weights, boolean given, Checkpoint from) {
    TrainingPosition position = from == null ? TrainingPosition.START : from.position();
    List<EpochRow> rows = new ArrayList<>();
    stopped = false;
    try (TrainingPlan plan = plan(weights)) {
      TrainingState state = from == null ? plan.state() : from.state();
      if (from != null) {
        plan.restore(state);
      }
      if (replays) {
        plan.replayAsCudaGraph();
      }
      listeners.started(
          new TrainingStart(
              network, position, batches.steps(), state.optimizer().containsKey(PRECISION), plan, plan.deviceBytes()));
      if (from == null) {
        listeners.checkpointed(new Checkpoint(position, state)); // also shows whether it can be stored
      }
      if (from != null) {
        evaluateStep(plan); // the stop may have cut it off
      }
      boolean ended = false;
      while (!ended && position.epoch() <= lastEpoch && !isLongWithoutBetter(rows)) {
        StepTimes times = StepTimes.of(plan);
        long skipped = skipped(plan.report());
        TrainingPosition reached = steps(plan, position);
        checkSkipped(skipped(plan.report()) - skipped, given, position, reached);
        times = StepTimes.of(plan).minus(times);
        state = plan.state();
        RankAgreement.check(ranks, state, reached.epoch());
        finite.weights(network, state.weights(), reached.epoch());
        float[] precision = plan.precision();
        finite.precision(precision, reached.epoch());
        Optional<EpochRow> row =
            reached.step() < batches.steps()
                ? Optional.empty()
                : row(reached.epoch(), plan, times);
        ended = row.isEmpty();
        position = ended ? reached : reached.nextEpoch();
        if (!ended) {
          rows.add(row.get());
          List<Diagnosis> diagnoses = Diagnosis.of(reached.epoch(), plan.reports(), plan.statistics(state));
          listeners.epochDone(new EpochResult(row.get(), state, precision, diagnoses));
        }
        listeners.checkpointed(new Checkpoint(position, state));
      }
      return new TrainingResult(position, !ended, state, rows);
    }
  }

  private boolean isLongWithoutBetter(List<EpochRow> rows) {
    List<EpochRow> all = Stream.concat(before.stream(), rows.stream()).toList();
    return ranks.first(evaluates && BestEpoch.isLongAgo(all, experiment.measured().getFirst(), experiment.patience()));
  }

  private TrainingPlan plan(Weights weights) {
    TrainingPlanBuilder builder = experiment.plan(network, train, device).traits(traits).initial(weights).ranks(ranks);
    return (evaluates ? builder.evaluating(test).evaluationBatch(evaluationBatch(network)) : builder).build();
  }

  /** Examples of an evaluation step of a network: {@value #EVALUATION_BATCH}, or what fits into half a gigabyte or so. */
  public static int evaluationBatch(Network network) {
    return Math.clamp(EVALUATION_BYTES / (Float.BYTES * Math.max(1, network.activations())), 1, EVALUATION_BATCH);
  }

  /** Wall time of a plan's steps, as it tells it. */
  private record StepTimes(double network, double optimizer) {
    static StepTimes of(TrainingPlan plan) {
      return new StepTimes(plan.networkSeconds(), plan.optimizerSeconds());
    }

    StepTimes minus(StepTimes before) {
      return new StepTimes(network - before.network, optimizer - before.optimizer);
    }
  }

  /** The row of an epoch whose steps are done; nothing if it was stopped. */
  private Optional<EpochRow> row(int epoch, TrainingPlan plan, StepTimes times) {
    StepReport report = plan.report();
    if (!evaluates) {
      return Optional.of(row(epoch, report, times, Scores.NONE, Scores.NONE, 0));
    }
    long start = System.nanoTime();
    int most = experiment.trainEvaluation() == null ? train.count() : experiment.trainEvaluation();
    Optional<Evaluation> onTrain = plan.evaluate(train, most, this::stopsEvaluation);
    Optional<Evaluation> onTest = onTrain.flatMap(done -> plan.evaluate(test, this::stopsEvaluation));
    if (onTest.isEmpty()) {
      return Optional.empty();
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    finite.scores(onTrain.get(), "on the training set after epoch " + epoch);
    finite.scores(onTest.get(), "on the test set after epoch " + epoch);
    return Optional.of(row(epoch, report, times, Scores.of(onTrain.get()), Scores.of(onTest.get()), seconds));
  }

  /** Evaluates after a step if the experiment wants it; the training is as if nothing had been done. */
  private void evaluateStep(TrainingPlan plan) {
    int step = (int) plan.steps();
    if (!evaluates || step <= evaluatedAfter || experiment.evaluateAt() == null || !experiment.evaluateAt().contains(step)) {
      return;
    }
    plan.evaluate(test, this::stopsEvaluation)
        .ifPresent(
            done -> {
              finite.scores(done, "on the " + judgedBy + " set after step " + step);
              listeners.stepEvaluated(new StepRow(step, Scores.of(done), judgedBy));
            });
  }

  private boolean stopsEvaluation() {
    listeners.evaluating();
    return stops();
  }

  /** Whether it is to stop, on all ranks once one is asked to; once it is, nothing goes on. */
  private boolean stops() {
    stopped = stopped || ranks.any(stop.getAsBoolean());
    return stopped;
  }

  private EpochRow row(
      int epoch, StepReport report, StepTimes times, Scores onTrain, Scores onTest, double evaluationSeconds) {
    return new EpochRow(
        epoch, rate(epoch, batches.steps() - 1), onTrain, onTest, times.network(), times.optimizer(), evaluationSeconds,
        report.eta(), report.klTaken(), report.negativeCurvature(), report.skippedSteps(), judgedBy);
  }

  private double rate(int epoch, int step) {
    return experiment.schedule().rate(initialRate, Progress.of(epoch, step, batches.steps(), experiment.epochs()));
  }

  /** Makes the steps of an epoch from a position in it on, until it is to stop; where it stands then. */
  private TrainingPosition steps(TrainingPlan plan, TrainingPosition from) {
    int epoch = from.epoch();
    int[] order = EpochShuffle.of(train.count(), experiment.seed(), epoch);
    listeners.epochStarted(epoch, batches.steps());
    int step = from.step();
    window.epochStarted();
    for (; step < batches.steps() && !stops(); step++) {
      int count = batches.count(step);
      plan.reporting(step == batches.steps() - 1);
      long start = System.nanoTime();
      plan.step(order, batches.first(step), count, rate(epoch, step));
      long end = System.nanoTime();
      double seconds = (end - start) * 1e-9;
      listeners.stepDone(step + 1, seconds, count);
      window.stepDone(seconds);
      if (ranks.first(window.isDue(end))) {
        checkSteps(plan, epoch);
        listeners.stepsMeasured(window.tell(epoch, step + 1, batches.steps(), end));
      }
      evaluateStep(plan);
    }
    // Also where it stops, or a training that goes on from there would not know of a loss that was no number.
    checkSteps(plan, epoch);
    return new TrainingPosition(epoch, step);
  }

  /** Waits for the device and downloads the sums of the steps since the last check. */
  private void checkSteps(TrainingPlan plan, int epoch) {
    TrainingMetrics sums = plan.metrics();
    finite.loss(sums.lossSum(), "the training loss of epoch " + epoch);
    window.add(sums);
  }

  private static long skipped(StepReport report) {
    return report == null ? 0 : report.skippedSteps(); // before the first step
  }

  /** Warns of skipped steps; an epoch of nothing else has learnt nothing, and neither would the next. */
  private void checkSkipped(long skipped, boolean given, TrainingPosition start, TrainingPosition end) {
    if (skipped == 0) {
      return;
    }
    int made = end.step() - start.step();
    if (skipped == batches.steps()) {
      String what = "all " + made + " steps of epoch " + end.epoch() + " were skipped, since no gradient was finite";
      if (start.equals(TrainingPosition.START) && given) {
        throw new CommonFailure(what + "; begin with other weights (--weights), or without");
      }
      throw finite.diverged(what);
    }
    listeners.warning(
        "epoch " + end.epoch() + ": " + skipped + " of " + made + " steps skipped, since a gradient was not finite");
  }
}
