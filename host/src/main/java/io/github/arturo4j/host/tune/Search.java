// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A search for an experiment's best values. It trains nothing itself: any number of workers ask it for {@linkplain #next
 * work}, train a trial's {@linkplain #experiment experiment} up to the epochs of a rung, going on with the trial's run if it
 * has one, and tell what came out. What was told is recorded, and a search that is made of the record goes on where it was.
 *
 * <p>It may be used by several threads.
 */
public final class Search {
  private final SearchSettings settings;
  private final SearchSpace space;
  private final SuccessiveHalving schedule;
  private final Consumer<SearchEvent> record;
  private final List<Trial> trials = new ArrayList<>();
  private final Set<Assignment> begun = new HashSet<>();

  /**
   * One that begins or goes on.
   *
   * @param history what was recorded so far
   * @param record takes each event before anybody acts on it
   * @throws IllegalArgumentException if the space does not fit the experiment, or the history cannot have happened; one line
   */
  public Search(SearchSettings settings, List<SearchEvent> history, Consumer<SearchEvent> record) {
    this.settings = settings;
    this.record = record;
    space = SearchSpace.of(settings.experiment(), settings.search());
    schedule =
        new SuccessiveHalving(
            settings.trials(), settings.rungs().size(), settings.reduction(), Score.better(settings.metric()), history);
    history.forEach(this::note);
  }

  private void note(SearchEvent event) {
    begun.add(event.what());
    int trial = event.what().trial();
    if (trial > trials.size()) {
      trials.add(new Trial(trial, space.values(settings.experiment().seed(), trial), List.of(), ""));
    }
    trials.set(trial - 1, trials.get(trial - 1).after(event));
  }

  /** What is searched, and how. */
  public SearchSettings settings() {
    return settings;
  }

  /** What is tried. */
  public SearchSpace space() {
    return space;
  }

  /** Work for a free worker; nothing if there is none, at least until others have told what they came to. */
  public synchronized Optional<Assignment> next() {
    Optional<Assignment> next = schedule.next();
    next.filter(begun::add).map(SearchEvent.Started::new).ifPresent(this::happened); // unless it was interrupted
    return next;
  }

  /** Whether {@link #next} has work now. */
  public synchronized boolean hasNext() {
    return schedule.hasNext();
  }

  /**
   * Takes what the record has begun and not ended: others may have been at work when it was made, and still be. {@link #next} gives
   * none of it any more.
   */
  public synchronized List<Assignment> takeInterrupted() {
    return schedule.takeInterrupted();
  }

  /** The work is done; what the trial is now, in its best epoch so far. */
  public synchronized void scored(Assignment what, Score score) {
    schedule.scored(what, score);
    happened(new SearchEvent.Scored(what, score));
  }

  /**
   * The trial has failed and goes on no more.
   *
   * @param why in one line
   */
  public synchronized void failed(Assignment what, String why) {
    schedule.failed(what);
    happened(new SearchEvent.Failed(what, Printable.of(why)));
  }

  private void happened(SearchEvent event) {
    note(event);
    record.accept(event);
  }

  /** Whether nothing is left to do, and nobody at work. */
  public synchronized boolean isOver() {
    return schedule.isOver();
  }

  /** The trials that have begun, in their order. */
  public synchronized List<Trial> trials() {
    return List.copyOf(trials);
  }

  /** The best trial so far; of equal ones that with the most epochs, then the first. Nothing if none has a score. */
  public synchronized Optional<Trial> best() {
    return ranking().stream().findFirst();
  }

  /** The trials that have a score and have not failed, the best first. */
  public synchronized List<Trial> ranking() {
    return trials.stream()
        .filter(Trial::isScored)
        .sorted(
            Comparator.comparing(Trial::score, Score.better(settings.metric()))
                .thenComparing(trial -> -trial.scores().size())
                .thenComparing(Trial::number))
        .toList();
  }

  /** Epochs that a rung goes up to. */
  public int epochs(int rung) {
    return settings.rungs().get(rung);
  }

  /**
   * The experiment with a trial's values.
   *
   * @throws io.github.arturo4j.host.io.InputException if they do not fit together; one line
   */
  public Experiment experiment(Trial trial) {
    return space.with(trial.values());
  }

  /** The trial that an assignment is of. */
  public synchronized Trial trial(Assignment what) {
    return trials.get(what.trial() - 1);
  }
}
