// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.run.RunFolders;
import io.github.arturo4j.host.train.DataSource;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingResult;
import io.github.arturo4j.host.train.TrainingSetup;
import java.util.Optional;
import java.util.function.Function;

/** Trains the trials of a search, one after the other, each in a run of its own. */
public final class TrialTraining {
  /** What is held out where nothing is said. */
  private static final double SHARE = 0.1;

  private final SearchFolder folder;
  private final Search search;
  private final TrainingSetup common;

  /**
   * The trials of a folder.
   *
   * @param common device and examples of all of them
   */
  public TrialTraining(SearchFolder folder, TrainingSetup common) {
    this.folder = folder;
    this.search = folder.search();
    this.common = common;
  }

  /**
   * The experiment with examples to judge trials by: as it is, if it or its data have some; else a tenth of the training
   * examples. Never those to test with: what is chosen by them would say nothing of others.
   */
  public static Experiment validated(Experiment experiment, DataSource source) {
    return experiment.validation() != null || source.open(experiment).training(null).validation() != null
        ? experiment
        : experiment.change().validation(SHARE).build();
  }

  /**
   * What a trial's training is made of.
   *
   * @throws io.github.arturo4j.host.io.InputException if its values do not fit together or its data; one line
   */
  public TrainingSetup setup(Assignment what) {
    return common.with(search.experiment(search.trial(what)));
  }

  /**
   * Trains a trial up to the epochs of a rung: begins its run, or goes on with it. Its schedule spans the epochs of the last
   * rung from the beginning, so that it comes to what it would have come to in one go, bit for bit.
   *
   * @param train runs the job
   * @return its score; nothing if it was asked to stop before
   */
  public Optional<Score> train(Assignment what, TrainingSetup setup, Function<TrainingJob, TrainingResult> train) {
    Trial trial = search.trial(what);
    int epochs = search.epochs(what.rung());
    try (TrainingJob job =
        TrainingJob.beginOrResume(
            RunFolders.openOrMake(folder.run(trial)), () -> setup, before -> setup.begunIn(before.environment()))) {
      if (!train.apply(job.until(epochs)).finished()) {
        return Optional.empty();
      }
    }
    return Optional.of(folder.score(what));
  }
}
