// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * A trial as far as it has come.
 *
 * @param number from 1
 * @param values what it is tried with, by path
 * @param scores after each rung that it has come to
 * @param failure what it failed of, in one line; empty if it did not
 */
public record Trial(int number, SequencedMap<String, Object> values, List<Score> scores, String failure) {
  /** Keeps the scores as they are. */
  public Trial {
    scores = List.copyOf(scores);
  }

  /** The name of its run's folder. */
  public String name() {
    return name(number);
  }

  static String name(int number) {
    return String.format(Locale.ROOT, "%03d", number);
  }

  /** Whether it has failed. */
  public boolean isFailed() {
    return !failure.isEmpty();
  }

  /** Whether it may be chosen: it has come to the first rung at least, and has not failed. */
  public boolean isScored() {
    return !isFailed() && !scores.isEmpty();
  }

  /** Its last score, which is its best: a rung's is of the best epoch up to there. */
  public Score score() {
    return scores.getLast();
  }

  /** The values in words. */
  public String words() {
    return Values.text(values);
  }

  /** The same after one more event of it. */
  Trial after(SearchEvent event) {
    return switch (event) {
      case SearchEvent.Started _ -> this;
      case SearchEvent.Scored scored -> {
        List<Score> more = new ArrayList<>(scores);
        more.add(scored.score());
        yield new Trial(number, values, more, failure);
      }
      case SearchEvent.Failed failed -> new Trial(number, values, scores, failed.why());
    };
  }
}
