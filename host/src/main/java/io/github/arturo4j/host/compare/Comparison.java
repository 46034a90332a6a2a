// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.run.StepRow;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/**
 * A comparison as far as it has come.
 *
 * @param runs all that there are to be, in the order they are made
 * @param command the command line that makes it
 * @param environment versions and device
 * @param written when
 */
public record Comparison(
    Settings settings, List<Run> runs, String command, Map<String, String> environment, ZonedDateTime written) {
  /** The runs of one of the compared that are in a state. */
  List<Run> runs(String label, Run.State state) {
    return runs(state).stream().filter(run -> run.label().equals(label)).toList();
  }

  /** The runs that are in a state. */
  public List<Run> runs(Run.State state) {
    return runs.stream().filter(run -> run.state() == state).toList();
  }

  /** Whether no run is to come, or to go on: each is finished, or has failed. */
  public boolean isOver() {
    return runs.stream().allMatch(run -> run.state() == Run.State.FINISHED || run.state() == Run.State.FAILED);
  }

  /** The steps after which runs were evaluated, rising. */
  List<Integer> steps() {
    return runs.stream().flatMap(run -> run.steps().stream()).map(StepRow::step).distinct().sorted().toList();
  }

  /** Whether there is a test set that no training has looked at, and a run that was measured on it. */
  boolean isTested() {
    return runs.stream().anyMatch(run -> run.test() != null);
  }

  /** The runs of one of the compared that a curve shows: the finished ones, or where there is none, what there is. */
  List<Run> shown(String label) {
    List<Run> finished = runs(label, Run.State.FINISHED);
    return finished.isEmpty()
        ? runs.stream().filter(run -> run.label().equals(label) && !run.rows().isEmpty()).toList()
        : finished;
  }
}
