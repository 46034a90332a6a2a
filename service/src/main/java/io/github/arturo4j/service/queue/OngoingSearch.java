// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.tune.Assignment;
import io.github.arturo4j.host.tune.Score;
import io.github.arturo4j.host.tune.Search;
import io.github.arturo4j.host.tune.Trial;
import io.github.arturo4j.service.api.SearchInfo;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.store.StoredJob;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A search whose trials are jobs. It writes down what it gives out before there is a job for it, and what has come of it after the job has
 * ended; {@link TrialStep} makes right what a server that was killed in between has left.
 */
final class OngoingSearch {
  private final Search search;
  private final Trials trials;
  private final Function<Assignment, Score> scores;
  private final Set<Assignment> atWork;
  private final Set<Integer> ended = new LinkedHashSet<>();

  /** The jobs of the trials. */
  interface Trials {
    /** A trial's job; nothing if it has none. */
    Optional<StoredJob> find(int trial);

    /** Makes a trial's job, which waits. */
    StoredJob begin(Trial trial, Experiment experiment, int untilEpoch);

    /** Has a job that has come to its epochs, or was cancelled, wait again. */
    StoredJob goOn(StoredJob trial, int untilEpoch);

    /** Keeps what a trial has come to. */
    void scored(StoredJob trial, double value);

    /** Tells whoever follows the search. */
    void tell(String line);
  }

  /**
   * One that begins or goes on.
   *
   * @param scores what a trial has come to whose job has succeeded
   */
  OngoingSearch(Search search, Trials trials, Function<Assignment, Score> scores) {
    this.search = search;
    this.trials = trials;
    this.scores = scores;
    this.atWork = new LinkedHashSet<>(search.takeInterrupted());
  }

  /** Whether there is work for a device that has room. */
  boolean hasNext() {
    return search.hasNext();
  }

  /** The job of a trial that is to train now; nothing if none is, at least until others have ended. */
  Optional<StoredJob> next() {
    while (search.hasNext()) {
      Assignment what = search.next().orElseThrow();
      atWork.add(what);
      Optional<StoredJob> job = take(what);
      if (job.isPresent()) {
        return job;
      }
    }
    return Optional.empty();
  }

  /** Sees to the trials that were given out: tells the search of those that have ended, and makes jobs that are missing. */
  void settle() {
    List.copyOf(atWork).forEach(this::take);
  }

  /** The same of one that is being cancelled: nothing is begun, and what was cancelled is not over. */
  void settleCancelled() {
    for (Assignment what : List.copyOf(atWork)) {
      Optional<StoredJob> job = trials.find(what.trial());
      TrialStep step = step(what, job);
      if (step == TrialStep.SCORE || step == TrialStep.FAIL && job.orElseThrow().state() == State.FAILED) {
        take(what);
      }
    }
  }

  /** Has the trials go on that were cancelled with the search. */
  void resume() {
    for (Assignment what : atWork) {
      trials.find(what.trial())
          .filter(job -> job.state() == State.CANCELLED)
          .ifPresent(job -> trials.goOn(job, search.epochs(what.rung())));
    }
  }

  private TrialStep step(Assignment what, Optional<StoredJob> job) {
    return TrialStep.of(job, search.epochs(what.rung()));
  }

  /** Does what is to be done for work that was given out; a job that is to train now. */
  private Optional<StoredJob> take(Assignment what) {
    Optional<StoredJob> job = trials.find(what.trial());
    switch (step(what, job)) {
      case BEGIN -> {
        return begin(what);
      }
      case GO_ON -> {
        StoredJob on = trials.goOn(job.orElseThrow(), search.epochs(what.rung()));
        tellOf(what, on);
        return Optional.of(on);
      }
      case AWAIT -> {
        return Optional.empty();
      }
      case SCORE -> score(what, job.orElseThrow());
      case FAIL -> fail(what, why(job.orElseThrow()));
    }
    return Optional.empty();
  }

  private Optional<StoredJob> begin(Assignment what) {
    Trial trial = search.trial(what);
    try {
      StoredJob job = trials.begin(trial, search.experiment(trial), search.epochs(what.rung()));
      tellOf(what, job);
      return Optional.of(job);
    } catch (InputException e) { // its values do not fit together
      fail(what, e.getMessage());
      return Optional.empty();
    }
  }

  private void tellOf(Assignment what, StoredJob job) {
    Trial trial = search.trial(what);
    trials.tell(
        "Trial %d/%d up to epoch %d: %s, in job %d"
            .formatted(trial.number(), search.settings().trials(), search.epochs(what.rung()), trial.words(), job.id()));
  }

  private void score(Assignment what, StoredJob job) {
    Score score;
    try {
      score = scores.apply(what);
    } catch (InputException e) { // its run is damaged
      fail(what, e.getMessage());
      return;
    }
    trials.scored(job, score.value()); // before the search has it, which does not ask again
    search.scored(what, score);
    settled(what);
    trials.tell("Trial %d: %s %s".formatted(what.trial(), metric(), score.value()));
  }

  /** What has happened; the remedies of a command are none for a trial. */
  private static String why(StoredJob job) {
    return job.state() == State.CANCELLED ? "cancelled by " + job.cancelledBy() : job.failure().split("; ", 2)[0];
  }

  private void fail(Assignment what, String why) {
    search.failed(what, why);
    settled(what);
    trials.tell("Trial %d failed: %s".formatted(what.trial(), why));
  }

  private void settled(Assignment what) {
    atWork.remove(what);
    ended.add(what.trial());
  }

  /** The trials that have come to a score, or have failed, since this was last asked. */
  List<Trial> takeEnded() {
    List<Trial> all = search.trials().stream().filter(trial -> ended.contains(trial.number())).toList();
    ended.clear();
    return all;
  }

  /** Whether all trials have come to where they come, and their report can be written. */
  boolean isOver() {
    return search.isOver();
  }

  private String metric() {
    return search.settings().metric().name();
  }

  /** How far it is. */
  SearchInfo info() {
    List<Trial> all = search.trials();
    SearchInfo.Best best =
        search.best()
            .map(
                trial -> new SearchInfo.Best(
                    trial.number(), trials.find(trial.number()).map(StoredJob::id).orElse(null), trial.words(), trial.score().value()))
            .orElse(null);
    return new SearchInfo(
        search.settings().trials(), all.size(), atWork.size(), (int) all.stream().filter(Trial::isFailed).count(), metric(), best);
  }
}
