// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import java.util.List;

/**
 * The events of a search as lines of words: {@code start TRIAL RUNG}, {@code done TRIAL RUNG VALUE LOSS} and {@code fail TRIAL
 * RUNG WHY}.
 */
final class SearchLog {
  private SearchLog() {}

  static String line(SearchEvent event) {
    String at = " " + event.what().trial() + " " + event.what().rung();
    return switch (event) {
      case SearchEvent.Started _ -> "start" + at;
      case SearchEvent.Scored scored -> "done" + at + " " + scored.score().value() + " " + scored.score().loss();
      case SearchEvent.Failed failed -> "fail" + at + " " + failed.why();
    };
  }

  static String text(List<SearchEvent> events) {
    StringBuilder text = new StringBuilder();
    events.forEach(event -> text.append(line(event)).append('\n'));
    return text.toString();
  }

  /**
   * The events of a text.
   *
   * @throws IllegalArgumentException if a line is none; it says which
   */
  static List<SearchEvent> parse(String text) {
    return text.lines().map(SearchLog::event).toList();
  }

  private static SearchEvent event(String line) {
    String[] words = line.split(" ", 4);
    try {
      Assignment what = new Assignment(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      return switch (words[0]) {
        case "start" -> new SearchEvent.Started(what);
        case "done" -> new SearchEvent.Scored(what, score(words[3].split(" ")));
        case "fail" -> new SearchEvent.Failed(what, words[3]);
        default -> throw new IllegalArgumentException(words[0]);
      };
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("'" + line + "' is no line of it", e);
    }
  }

  private static Score score(String[] words) {
    return new Score(Double.parseDouble(words[0]), Double.parseDouble(words[1]));
  }
}
