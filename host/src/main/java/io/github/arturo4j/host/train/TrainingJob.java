// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.collective.Single;
import io.github.arturo4j.host.data.table.TableSchema;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.run.BestEpoch;
import io.github.arturo4j.host.run.Checkpoint;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.JudgingSet;
import io.github.arturo4j.host.run.Provenance;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.run.RunFolders;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.models.metric.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A training that is kept in a run folder: it begins there, or goes on from the checkpoint in it as if it had never
 * stopped. No other training may write into the folder until the job is closed.
 *
 * <pre>{@code
 * TrainingSetup setup = TrainingSetup.of(experiment, train, test, Devices.find(null));
 * try (TrainingJob job = TrainingJob.beginOrResume(folder, setup)) {
 *   job.listeners(List.of(mine)).run();
 * }
 * }</pre>
 */
public final class TrainingJob implements AutoCloseable {
  private final RunFolder folder;
  private final TrainingSetup setup;
  private final Checkpoint from;
  private List<TrainingListener> listeners = List.of();
  private BooleanSupplier stop = () -> false;
  private RankLeader leader = new RankLeader(Single.INSTANCE);
  private boolean replays;
  private int lastEpoch;

  private TrainingJob(RunFolder folder, TrainingSetup setup, Checkpoint from) {
    this.folder = folder;
    this.setup = setup;
    this.from = from;
    this.lastEpoch = setup.config().experiment().epochs();
  }

  /**
   * One that begins.
   *
   * @param folder new or empty
   * @throws InputException if it has something in it or cannot be written
   * @throws IllegalStateException if another training has it
   */
  public static TrainingJob begin(Path folder, TrainingSetup setup) {
    return begin(RunFolders.create(folder, setup.config()), setup);
  }

  /** The same in a folder that was made for it, which the job closes. */
  public static TrainingJob begin(RunFolder folder, TrainingSetup setup) {
    return new TrainingJob(folder, setup, null);
  }

  /**
   * One that goes on with the run in a folder.
   *
   * @param setup the same as the run's, but for more epochs, the device and where its images are
   * @throws InputException if there is no checkpoint, or one of another training, or one with more epochs than a schedule
   *     that spans all of them had at first
   * @throws IllegalStateException if another training has the folder
   */
  public static TrainingJob resume(Path folder, TrainingSetup setup) {
    return resume(RunFolders.open(folder), run -> setup.begunIn(run.environment()));
  }

  /**
   * The same in a folder that was opened, which the job closes, or this method if it throws.
   *
   * @param setup made of the run's configuration, such as {@link TrainingSetup#of(RunConfig, Integer, DataSource,
   *     io.github.arturo4j.kernels.device.Devices.Entry)}
   */
  public static TrainingJob resume(RunFolder folder, Function<RunConfig, TrainingSetup> setup) {
    return closing(
        folder,
        () -> {
          RunConfig before = folder.config();
          TrainingSetup now = setup.apply(before).inUnitOf(before);
          checkEpochs(folder.path(), before.experiment(), now.config().experiment());
          Checkpoint from = folder.checkpoint(now.config(), now.train());
          checkTest(folder.path(), before, now.config());
          return new TrainingJob(folder, now, from);
        });
  }

  /** More epochs are no other training, unless the schedule spans all of them. */
  private static void checkEpochs(Path folder, Experiment before, Experiment now) {
    if (before.schedule().spansTraining() && before.epochs() != now.epochs()) {
      throw new UsageException(
          Printable.of(
              "--epochs is " + now.epochs() + ", but the schedule of '" + folder + "', " + before.schedule().label()
                  + ", ends with its " + before.epochs() + " epochs; train anew with as many as you want, or begin a"
                  + " training with the weights of this one (--weights)"));
    }
  }

  private static void checkTest(Path folder, RunConfig before, RunConfig now) {
    if (before.data() != null && !before.data().judging().equals(now.data().judging())) {
      throw new InputException(
          "the run '" + folder + "' is judged by " + before.data().judging() + ", but there are " + now.data().judging()
              + "; give the same data set with --data");
    }
  }

  /**
   * One that begins in a folder that is new, empty, or left by a training that came to no checkpoint; else one that goes
   * on with the run in it.
   *
   * @param setup the same as the run's, if there is one, but for more epochs and the device
   * @throws InputException if the folder holds something else or cannot be written, or another training
   * @throws IllegalStateException if another training has the folder
   */
  public static TrainingJob beginOrResume(Path folder, TrainingSetup setup) {
    return beginOrResume(
        RunFolders.createOrOpen(folder), () -> setup, run -> setup.begunIn(run.environment()));
  }

  /**
   * The same in a folder that was opened, which the job closes, or this method if it throws.
   *
   * @param beginning asked where there is no checkpoint
   * @param goingOn asked, with the run's configuration, where there is one
   */
  public static TrainingJob beginOrResume(
      RunFolder folder, Supplier<TrainingSetup> beginning, Function<RunConfig, TrainingSetup> goingOn) {
    return folder.hasCheckpoint()
        ? resume(folder, goingOn)
        : closing(folder, () -> begin(folder, beginning.get()));
  }

  private static TrainingJob closing(RunFolder folder, Supplier<TrainingJob> made) {
    try {
      return made.get();
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  /** Tells those, after the run folder has what they are told. */
  public TrainingJob listeners(List<? extends TrainingListener> told) {
    listeners = List.copyOf(told);
    return this;
  }

  /** Stops where that says so, see {@link TrainingLoop#stopWhen}. */
  public TrainingJob stopWhen(BooleanSupplier asked) {
    stop = asked;
    return this;
  }

  /** Ends after that epoch, see {@link TrainingLoop#until}; the run can go on from there. */
  public TrainingJob until(int epoch) {
    lastEpoch = Math.min(epoch, setup.config().experiment().epochs());
    return this;
  }

  /** Trains on all ranks of that leader. */
  public TrainingJob ledBy(RankLeader chosen) {
    leader = chosen;
    return this;
  }

  /** As {@link TrainingLoop#replayAsCudaGraph}. */
  public TrainingJob replayAsCudaGraph() {
    replays = true;
    return this;
  }

  /**
   * Trains until all epochs are done or it is to stop; the folder has a checkpoint of where the training stands then. Of
   * one that is done already, only the configuration is written, if it has changed.
   *
   * @throws DivergedException if a loss or a weight is not finite any more; the folder stays as it was before that
   * @throws IllegalStateException if the folder cannot be written, or is not this training's any more
   */
  public TrainingResult run() {
    if (from == null) {
      folder.begin(setup.config());
    } else {
      folder.goOn(setup.config(), from.position());
    }
    if (isDone()) {
      return new TrainingResult(from.position(), true, from.state(), List.of());
    }
    List<TrainingListener> all = new ArrayList<>();
    Provenance provenance = Provenance.of(setup.config(), setup.config().data().train());
    boolean validates = setup.config().data().judgedBy() == JudgingSet.validation;
    Metric chooses = validates ? setup.config().experiment().measured().getFirst() : null;
    all.add(new RunRecorder(folder, provenance, chooses, line -> warn(all, line)));
    all.addAll(listeners);
    TrainingLoop loop =
        new TrainingLoop(
                setup.config().network(), setup.config().experiment(), setup.train(), setup.judging(),
                setup.device().device())
            .traits(setup.device().traits().cut(Versions.cuts(setup.config().environment())))
            .listeners(all)
            .judgedBy(setup.config().data().judgedBy())
            .behind(folder.rows())
            .until(lastEpoch)
            .evaluatedAfter(evaluatedAfter())
            .stopWhen(stop)
            .ranks(leader.ranks());
    if (replays) {
      loop.replayAsCudaGraph();
    }
    return leader.train(this::task, () -> train(loop));
  }

  private TrainingResult train(TrainingLoop loop) {
    if (from != null) {
      return loop.resume(from);
    }
    return setup.initial() == null ? loop.begin() : loop.begin(setup.initial());
  }

  private RankTask task() {
    return new RankTask(
        setup.config(), Versions.environment(setup.device()), new RankTask.Limits(lastEpoch, evaluatedAfter(), replays),
        setup.initial(), from);
  }

  private int evaluatedAfter() {
    return folder.steps().isEmpty() ? 0 : folder.steps().getLast().step();
  }

  private static void warn(List<TrainingListener> listeners, String line) {
    listeners.forEach(listener -> listener.warning(line));
  }

  /** What it is made of. */
  public TrainingSetup setup() {
    return setup;
  }

  /** The run folder's path. */
  public Path path() {
    return folder.path();
  }

  /** The run folder. */
  public RunFolder folder() {
    return folder;
  }

  /** Where it goes on; nothing if it begins. */
  public Optional<TrainingPosition> from() {
    return Optional.ofNullable(from).map(Checkpoint::position);
  }

  /** Whether there is no epoch left to train, or its patience has ended. */
  public boolean isDone() {
    Experiment experiment = setup.config().experiment();
    return from != null
        && (from.position().epochs() >= lastEpoch
            || experiment.patience() != null && BestEpoch.isLongAgo(
                RunReader.rows(folder.path()).subList(0, from.position().epochs()), experiment.measured().getFirst(),
                experiment.patience()));
  }

  /** The row of the last epoch that was done before it goes on; nothing if there is none. */
  public Optional<EpochRow> lastRow() {
    int epochs = from == null ? 0 : from.position().epochs();
    return epochs == 0 ? Optional.empty() : Optional.of(RunReader.rows(folder.path()).get(epochs - 1));
  }

  /** What lets its bits differ from those of a training without a stop, in words; nothing if they will be the same. */
  public Optional<String> difference() {
    return Versions.difference(setup.config().environment(), Versions.environment(setup.device()));
  }

  /** Whether its metrics are in standard deviations of the target, as an earlier version has begun them. */
  public boolean tellsDeviations() {
    TableSchema table = setup.config().known().table();
    return table != null && table.scale() != null && table.scale().deviation() != 1 && setup.config().data().unit() == null;
  }

  /** Lets other trainings have the folder. */
  @Override
  public void close() {
    folder.close();
  }
}
