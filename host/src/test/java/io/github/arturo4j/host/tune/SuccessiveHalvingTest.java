// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.models.metric.Accuracy;
import io.github.arturo4j.models.metric.Rmse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What holds of every search, whatever its trials come to. */
class SuccessiveHalvingTest {
  private static final Comparator<Score> HIGHER = Score.better(new Accuracy());

  /** A search of several workers that end in any order. */
  private static final class Simulation {
    final int trials;
    final int rungs;
    final int reduction;
    final SuccessiveHalving search;
    final List<SearchEvent> events = new ArrayList<>();
    final List<Assignment> atWork = new ArrayList<>();
    final List<Map<Integer, Score>> scores = new ArrayList<>();
    final int[] results;

    Simulation(int trials, int rungs, int reduction) {
      this.trials = trials;
      this.rungs = rungs;
      this.reduction = reduction;
      search = new SuccessiveHalving(trials, rungs, reduction, HIGHER);
      IntStream.range(0, rungs).forEach(i -> scores.add(new LinkedHashMap<>()));
      results = new int[rungs];
    }

    /** To its end: none of the workers is idle where there is work. */
    Simulation run(int workers, Random order, ToDoubleFunction<Assignment> value) {
      while (true) {
        boolean hasNext = search.hasNext();
        Optional<Assignment> next = atWork.size() < workers ? search.next() : Optional.empty();
        assertThat(hasNext).isEqualTo(next.isPresent() || atWork.size() == workers && hasNext);
        if (next.isPresent()) {
          checkMayBegin(next.get());
          events.add(new SearchEvent.Started(next.get()));
          atWork.add(next.get());
        } else if (atWork.isEmpty()) {
          assertThat(search.isOver()).isTrue();
          return this;
        } else {
          assertThat(search.isOver()).isFalse();
          end(atWork.remove(order.nextInt(atWork.size())), value);
        }
      }
    }

    private void end(Assignment what, ToDoubleFunction<Assignment> value) {
      double score = value.applyAsDouble(what);
      results[what.rung()]++;
      if (Double.isNaN(score)) {
        search.failed(what);
        events.add(new SearchEvent.Failed(what, "diverged"));
      } else {
        search.scored(what, new Score(score, 0));
        scores.get(what.rung()).put(what.trial(), new Score(score, 0));
        events.add(new SearchEvent.Scored(what, new Score(score, 0)));
      }
    }

    private void checkMayBegin(Assignment next) {
      if (next.rung() == 0) {
        assertThat(next.trial()).isEqualTo((int) started(0) + 1).isLessThanOrEqualTo(trials);
        return;
      }
      Map<Integer, Score> below = scores.get(next.rung() - 1);
      assertThat(below).as("a trial that has failed goes on no more").containsKey(next.trial());
      long better = below.values().stream().filter(other -> HIGHER.compare(other, below.get(next.trial())) < 0).count();
      boolean isAmongTheBest = better < results[next.rung() - 1] / reduction;
      boolean isLeftToDo = atWork.isEmpty() && started(0) == trials && scores.get(next.rung()).isEmpty();
      assertThat(isAmongTheBest || isLeftToDo).as("%s after %s", next, events).isTrue();
    }

    long started(int rung) {
      return events.stream().filter(e -> e instanceof SearchEvent.Started && e.what().rung() == rung).count();
    }
  }

  /** A value for each trial and rung, and failures. */
  private static ToDoubleFunction<Assignment> values(long seed, double failures) {
    return what -> {
      Random random = new Random(seed * 31 + what.trial() * 1009 + what.rung());
      random.nextDouble();
      return random.nextDouble() < failures ? Double.NaN : Math.round(random.nextDouble() * 20) / 20.0;
    };
  }

  @Property(tries = 300)
  void whoGoesOnIsAmongTheBestAndAllEnds(
      @ForAll @IntRange(min = 1, max = 40) int trials,
      @ForAll @IntRange(min = 1, max = 5) int rungs,
      @ForAll @IntRange(min = 2, max = 4) int reduction,
      @ForAll @IntRange(min = 1, max = 5) int workers,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 10) int failures) {
    Simulation done =
        new Simulation(trials, rungs, reduction).run(workers, new Random(seed), values(seed, failures * 0.1));
    assertThat(done.started(0)).isEqualTo(trials);
    List<Assignment> started =
        done.events.stream().filter(SearchEvent.Started.class::isInstance).map(SearchEvent::what).toList();
    assertThat(new HashSet<>(started)).as("nothing is done twice").hasSameSizeAs(started);
    assertThat(done.events).hasSize(2 * started.size());
    if (failures == 0) {
      assertThat(done.scores.getLast()).as("one at least comes to the end").isNotEmpty();
    } else if (failures == 10) {
      assertThat(started).allMatch(what -> what.rung() == 0);
    }
  }

  @Property(tries = 100)
  void whatHasHappenedTellsWhatComesNext(
      @ForAll @IntRange(min = 1, max = 15) int trials,
      @ForAll @IntRange(min = 1, max = 4) int rungs,
      @ForAll @IntRange(min = 1, max = 4) int workers,
      @ForAll long seed) {
    List<SearchEvent> events =
        new Simulation(trials, rungs, 3).run(workers, new Random(seed), values(seed, 0.1)).events;
    for (int known = 0; known <= events.size(); known++) {
      List<SearchEvent> before = events.subList(0, known);
      SuccessiveHalving search = new SuccessiveHalving(trials, rungs, 3, HIGHER, before);
      List<Assignment> open = new ArrayList<>();
      before.forEach(event -> {
        if (event instanceof SearchEvent.Started) {
          open.add(event.what());
        } else {
          open.remove(event.what());
        }
      });
      if (known % 2 == 0) {
        open.forEach(what -> assertThat(search.next()).as("what was interrupted goes on first").contains(what));
      } else {
        assertThat(search.takeInterrupted()).as("or is taken by those who are at it still").isEqualTo(open);
      }
      assertThat(search.takeInterrupted()).isEmpty();
      for (SearchEvent event : events.subList(known, events.size())) {
        switch (event) {
          case SearchEvent.Started started -> assertThat(search.next()).contains(started.what());
          case SearchEvent.Scored scored -> search.scored(scored.what(), scored.score());
          case SearchEvent.Failed failed -> search.failed(failed.what());
        }
      }
      assertThat(search.isOver()).isTrue();
    }
  }

  /** If the best come first, nobody goes on who would not in the synchronous form: n, n/η, n/η². */
  @Test
  void theBestFirstTakeNoMoreThanSuccessiveHalvingDoes() {
    Simulation done = new Simulation(27, 4, 3).run(1, new Random(1), what -> -what.trial());
    assertThat(IntStream.range(0, 4).mapToObj(done::started)).containsExactly(27L, 9L, 3L, 1L);
    assertThat(done.scores.getLast()).containsOnlyKeys(1);
  }

  @Test
  void aTrialGoesOnAsSoonAsItMayAndTheHighestRungGoesFirst() {
    Simulation done = new Simulation(9, 3, 3).run(1, new Random(1), what -> -what.trial());
    assertThat(done.events.stream().filter(SearchEvent.Started.class::isInstance).map(e -> e.what().trial() + "/" + e.what().rung()))
        .containsExactly("1/0", "2/0", "3/0", "1/1", "4/0", "5/0", "6/0", "2/1", "7/0", "8/0", "9/0", "3/1", "1/2");
  }

  /** 8 trials send 2 to the second rung; a third of 2 is nobody. */
  @Test
  void theBestGoesToTheEndWhereTooFewHaveComeForAThird() {
    Simulation done = new Simulation(8, 4, 3).run(1, new Random(1), what -> -what.trial());
    assertThat(IntStream.range(0, 4).mapToObj(done::started)).containsExactly(8L, 2L, 1L, 1L);
    assertThat(done.scores.getLast()).containsOnlyKeys(1);
  }

  @Test
  void theNextBestGoesToTheEndInPlaceOfOneThatFails() {
    Simulation done =
        new Simulation(4, 2, 3).run(1, new Random(1), what -> what.rung() == 1 && what.trial() < 3 ? Double.NaN : -what.trial());
    assertThat(done.scores.getLast()).containsOnlyKeys(3);
  }

  @Test
  void withOneRungItIsRandomSearch() {
    Simulation done = new Simulation(5, 1, 3).run(2, new Random(1), what -> what.trial());
    assertThat(done.started(0)).isEqualTo(5);
    assertThat(done.events).hasSize(10);
  }

  @Test
  void ofEqualTrialsTheOneOfTheLesserLossGoesOnAndThenTheFirst() {
    SuccessiveHalving search = new SuccessiveHalving(3, 2, 3, Score.better(new Rmse()));
    for (double loss : new double[] {0.3, 0.2, 0.2}) {
      search.scored(search.next().orElseThrow(), new Score(0.5, loss));
    }
    assertThat(search.next()).contains(new Assignment(2, 1));
    assertThat(Score.better(new Rmse()).compare(new Score(0.4, 9), new Score(0.5, 0))).isNegative();
    assertThat(Score.better(new Accuracy()).compare(new Score(0.4, 0), new Score(0.5, 9))).isPositive();
  }

  @Test
  void aHistoryThatCannotHaveHappenedIsRefused() {
    SearchEvent first = new SearchEvent.Started(new Assignment(1, 0));
    SearchEvent scored = new SearchEvent.Scored(first.what(), new Score(1, 1));
    SearchEvent second = new SearchEvent.Started(new Assignment(1, 1));
    for (List<SearchEvent> history :
        List.of(
            List.of(scored), List.of(first, first), List.of(first, scored, scored), List.of(first, second),
            List.of(first, scored, second, second), List.<SearchEvent>of(new SearchEvent.Started(new Assignment(2, 0))),
            List.of(first, new SearchEvent.Failed(first.what(), ""), second),
            List.of(first, scored, second, new SearchEvent.Scored(second.what(), new Score(1, 1)),
                new SearchEvent.Started(new Assignment(1, 2))))) {
      assertThatIllegalArgumentException()
          .as("%s", history)
          .isThrownBy(() -> new SuccessiveHalving(3, 2, 2, HIGHER, history))
          .withMessageStartingWith("trial ");
    }
  }
}
