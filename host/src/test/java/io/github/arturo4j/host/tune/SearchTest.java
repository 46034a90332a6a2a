// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.host.experiment.Experiments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What workers are given, and what is recorded. */
class SearchTest {
  private static double value(Assignment what) {
    return (what.trial() * 37 % 11 + what.rung()) / 100.0;
  }

  private static void work(Search search) {
    while (!search.isOver()) {
      Optional<Assignment> next = search.next();
      if (next.isEmpty()) {
        Thread.onSpinWait();
      } else if (next.get().trial() % 5 == 4) {
        search.failed(next.get(), "words with blanks");
      } else {
        search.scored(next.get(), new Score(value(next.get()), 0.5));
      }
    }
  }

  @Test
  void severalWorkersShareIt() throws InterruptedException {
    List<SearchEvent> events = new ArrayList<>();
    Search search = new Search(Searches.settings(20, 9), List.of(), events::add);
    try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        workers.execute(() -> work(search));
      }
      workers.shutdown();
      assertThat(workers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(search.trials()).hasSize(20);
    assertThat(search.trials().stream().filter(Trial::isFailed).map(Trial::number)).containsExactly(4, 9, 14, 19);
    Trial best = search.best().orElseThrow();
    assertThat(search.ranking()).hasSize(16).first().isEqualTo(best);
    assertThat(best.scores()).hasSize(3);
    assertThat(search.ranking()).allMatch(trial -> trial.score().value() <= best.score().value());
    assertThat(search.experiment(best).optimizer().initialRate()).isEqualTo(best.values().get("optimizer.learningRate"));

    List<SearchEvent> read = SearchLog.parse(SearchLog.text(events));
    assertThat(read).isEqualTo(events);
    Search again = new Search(Searches.settings(20, 9), read, event -> {
      throw new AssertionError(event);
    });
    assertThat(again.trials()).isEqualTo(search.trials());
    assertThat(again.isOver()).isTrue();
    assertThat(again.next()).isEmpty();
  }

  /** It was begun, so that it is begun no more, and ends as any other. */
  @Test
  void whatWasInterruptedIsGivenOutAgainAndRecordedOnce() {
    List<SearchEvent> events = new ArrayList<>();
    Search search = new Search(Searches.settings(2, 3), List.of(), events::add);
    Assignment begun = search.next().orElseThrow();
    List<SearchEvent> before = List.copyOf(events);
    assertThat(before).containsExactly(new SearchEvent.Started(begun));
    Search again = new Search(Searches.settings(2, 3), before, events::add);
    assertThat(again.next()).contains(begun);
    again.scored(begun, new Score(0.5, 1));
    assertThat(events).containsExactly(new SearchEvent.Started(begun), new SearchEvent.Scored(begun, new Score(0.5, 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> again.scored(begun, new Score(0.5, 1)))
        .withMessage("trial 1 in rung 0 was not begun");
  }

  @Test
  void settingsAreReadAsTheyAreWritten() {
    SearchSettings settings = Searches.settings(20, 9, Searches.three());
    assertThat(Experiments.parse(Experiments.write(settings), "search.yaml", SearchSettings.class)).isEqualTo(settings);
    assertThat(settings.difference(settings)).isEmpty();
    assertThat(settings.difference(Searches.settings(20, 9)).orElseThrow())
        .startsWith("search optimizer.learningRate from ").contains(" there, ")
        .endsWith("schedule of {name: constant}, {name: cosine} here");
  }

  @Test
  void rungsEndWithTheEpochsOfTheExperiment() {
    assertThat(Searches.settings(1, 27).rungs()).containsExactly(1, 3, 9, 27);
    assertThat(Searches.settings(1, 120).rungs()).containsExactly(1, 4, 13, 40, 120);
    assertThat(Searches.settings(1, 8).rungs()).containsExactly(2, 8);
    assertThat(Searches.settings(1, 2).rungs()).containsExactly(2);
    assertThat(Searches.settings(1, 1).rungs()).containsExactly(1);
  }
}
