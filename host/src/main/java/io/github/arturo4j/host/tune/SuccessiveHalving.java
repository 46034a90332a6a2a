// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Says which trial is trained next, and up to which rung: asynchronous successive halving (ASHA; Li et al., "A System for
 * Massively Parallel Hyperparameter Tuning", MLSys 2020, arXiv 1810.05934, algorithm 2). A trial goes on to the next rung as
 * soon as it is among the best 1/η of those that have come as far, so that no worker waits for others; where none may, a new
 * one begins. With one rung it is random search.
 *
 * <p>The paper draws trials without end. Here there are so many, and too few may come to a rung for anyone to go on from
 * there: 8 trials with η = 3 send 2 to the second rung and nobody to the third. So when nothing else is left to do, the best
 * of the highest rung goes on, until one has come to the end.
 *
 * <p>It knows no clock and no random numbers: the same events have the same decisions behind them, whoever replays them.
 */
public final class SuccessiveHalving {
  private final int trials;
  private final int reduction;
  private final Comparator<Score> better;
  private final List<Rung> rungs = new ArrayList<>();
  private final SequencedSet<Assignment> atWork = new LinkedHashSet<>();
  private final Deque<Assignment> interrupted = new ArrayDeque<>();
  private int begun;

  /** What has come to a rung, and who has left it for the next one. */
  private static final class Rung {
    final Map<Integer, Score> scores = new HashMap<>();
    final Set<Integer> promoted = new HashSet<>();
    int results;
  }

  /**
   * A search that nothing has happened in.
   *
   * @param trials how many there are to be
   * @param rungs at least 1
   * @param reduction η: one of so many goes on to the next rung; at least 2
   * @param better the better score first
   */
  public SuccessiveHalving(int trials, int rungs, int reduction, Comparator<Score> better) {
    this(trials, rungs, reduction, better, List.of());
  }

  /**
   * One that goes on: what was begun and has not ended is given out first.
   *
   * @param history what has happened, in its order
   * @throws IllegalArgumentException if that cannot have happened
   */
  public SuccessiveHalving(int trials, int rungs, int reduction, Comparator<Score> better, List<SearchEvent> history) {
    this.trials = trials;
    this.reduction = reduction;
    this.better = better;
    for (int i = 0; i < rungs; i++) {
      this.rungs.add(new Rung());
    }
    history.forEach(this::happened);
    interrupted.addAll(atWork);
  }

  private void happened(SearchEvent event) {
    switch (event) {
      case SearchEvent.Started started -> start(started.what());
      case SearchEvent.Scored scored -> scored(scored.what(), scored.score());
      case SearchEvent.Failed failed -> failed(failed.what());
    }
  }

  /** Work for a free worker; nothing if there is none, at least until others have ended theirs. */
  public Optional<Assignment> next() {
    if (!interrupted.isEmpty()) {
      return Optional.of(interrupted.removeFirst());
    }
    Optional<Assignment> next = promotion().or(this::beginning).or(this::finalist);
    next.ifPresent(this::start);
    return next;
  }

  /** Whether {@link #next} has work now. */
  public boolean hasNext() {
    return !interrupted.isEmpty() || promotion().or(this::beginning).or(this::finalist).isPresent();
  }

  /** What was begun and has not ended, when it was made; {@link #next} gives none of it any more. */
  public List<Assignment> takeInterrupted() {
    List<Assignment> all = List.copyOf(interrupted);
    interrupted.clear();
    return all;
  }

  /** The best, of the highest rung first, that is among 1/η of those that have come to its rung. */
  private Optional<Assignment> promotion() {
    for (int rung = rungs.size() - 2; rung >= 0; rung--) {
      Rung at = rungs.get(rung);
      List<Integer> ranking = ranking(at);
      int top = Math.min(at.results / reduction, ranking.size());
      Optional<Integer> best = ranking.subList(0, top).stream().filter(trial -> !at.promoted.contains(trial)).findFirst();
      if (best.isPresent()) {
        return Optional.of(new Assignment(best.get(), rung + 1));
      }
    }
    return Optional.empty();
  }

  private Optional<Assignment> beginning() {
    return begun < trials ? Optional.of(new Assignment(begun + 1, 0)) : Optional.empty();
  }

  /** Where nothing else is to come: the best of the highest rung that anyone has come to, unless that is the last. */
  private Optional<Assignment> finalist() {
    if (!atWork.isEmpty()) {
      return Optional.empty();
    }
    int highest = rungs.size() - 1;
    while (highest > 0 && rungs.get(highest).scores.isEmpty()) {
      highest--;
    }
    Rung at = rungs.get(highest);
    int next = highest + 1;
    return next == rungs.size()
        ? Optional.empty()
        : ranking(at).stream().filter(trial -> !at.promoted.contains(trial)).findFirst().map(trial -> new Assignment(trial, next));
  }

  /** The trials that have come to a rung and have not failed there, the best first, of equal ones the first. */
  private List<Integer> ranking(Rung rung) {
    return rung.scores.keySet().stream()
        .sorted(Comparator.<Integer, Score>comparing(rung.scores::get, better).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private void start(Assignment what) {
    boolean possible;
    if (what.rung() == 0) {
      possible = what.trial() == begun + 1;
      begun++;
    } else {
      possible = what.rung() < rungs.size()
          && rungs.get(what.rung() - 1).scores.containsKey(what.trial())
          && rungs.get(what.rung() - 1).promoted.add(what.trial());
    }
    if (!possible) {
      throw new IllegalArgumentException(what + " cannot begin there");
    }
    atWork.add(what);
  }

  /** The epochs of an assignment are done. */
  public void scored(Assignment what, Score score) {
    end(what).scores.put(what.trial(), score);
  }

  /** A trial has failed: nobody is worse, and it goes on no more. */
  public void failed(Assignment what) {
    end(what);
  }

  private Rung end(Assignment what) {
    if (!atWork.remove(what)) {
      throw new IllegalArgumentException(what + " was not begun");
    }
    Rung rung = rungs.get(what.rung());
    rung.results++;
    return rung;
  }

  /** Whether nothing is left to do, and nobody at work. */
  public boolean isOver() {
    return atWork.isEmpty() && promotion().or(this::beginning).or(this::finalist).isEmpty();
  }
}
