// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.ValuePaths;
import io.github.arturo4j.host.io.InputException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One value that a search varies.
 *
 * @param path where it stands in the experiment, see {@link ValuePaths}
 * @param whole whether it has to be a whole number
 */
public record Dimension(String path, Domain domain, boolean whole) {
  /** What has to be the same for all trials, or they could not be compared. */
  private static final Set<String> FIXED =
      Set.of("name", "dataset", "epochs", "seed", "validation", "metrics", "patience", "trainEvaluation", "evaluateAt", "search");

  /**
   * The dimension of an experiment.
   *
   * @throws InputException if the experiment has no such value, or cannot have one of the domain; one line
   */
  static Dimension of(Experiment experiment, String path, Domain domain) {
    if (FIXED.contains(path.split("\\.", -1)[0])) {
      throw new InputException("'" + path + "' has to be the same in all trials; leave it out");
    }
    return switch (domain) {
      case Choice choice -> {
        choice.values().forEach(value -> check(experiment, path, value));
        yield new Dimension(path, choice, false);
      }
      case Interval interval -> of(experiment, path, interval);
    };
  }

  /** Whether a number has to be whole is for the experiment to say, which refuses others. */
  private static Dimension of(Experiment experiment, String path, Interval interval) {
    List<Double> ends = List.of(interval.min(), interval.max());
    boolean wholeEnds = ends.stream().allMatch(end -> end == Math.rint(end) && Math.abs(end) <= Integer.MAX_VALUE);
    try {
      ends.forEach(end -> check(experiment, path, end));
      return new Dimension(path, interval, false);
    } catch (InputException e) {
      if (!wholeEnds) {
        throw e;
      }
    }
    ends.forEach(end -> check(experiment, path, end.longValue()));
    return new Dimension(path, interval, true);
  }

  private static void check(Experiment experiment, String path, Object value) {
    try {
      ValuePaths.with(experiment, Map.of(path, value));
    } catch (InputException e) {
      throw new InputException("'" + path + "' cannot be " + Values.text(value) + ": " + e.getMessage(), e);
    }
  }

  /** A value for a number in [0, 1), see {@link Domain#draw}. */
  Object draw(double u) {
    return domain.draw(u, whole);
  }
}
