// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.run.BestEpoch;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.host.run.StepRow;
import io.github.arturo4j.models.metric.Metric;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A run as far as it has come.
 *
 * @param label which of the compared it trains with
 * @param rows of the epochs that are done
 * @param steps evaluations after steps
 * @param test what its best weights are on a test set that it has not looked at; null if that was not measured
 * @param failure what it failed of, in one line; empty if it did not
 */
public record Run(String label, long seed, State state, List<EpochRow> rows, List<StepRow> steps, Scores test, String failure) {
  /** How far a run is. */
  public enum State {
    WAITING("not begun"),
    UNFINISHED("not finished"),
    FAILED("failed"),
    FINISHED("finished");

    private final String words;

    State(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Its folder's name, and its own. */
  public String name() {
    return label + "-" + seed;
  }

  /** One that is to come. */
  static Run waiting(String label, long seed) {
    return new Run(label, seed, State.WAITING, List.of(), List.of(), null, "");
  }

  /** The same as one that failed. */
  Run failed(List<EpochRow> done, List<StepRow> evaluated, String why) {
    return new Run(label, seed, State.FAILED, done, evaluated, null, why);
  }

  /** The same with what it is on the test set. */
  public Run tested(Scores scores) {
    return new Run(label, seed, state, rows, steps, scores, failure);
  }

  /** What it is on a test set that it has not looked at; nothing but NaN if that was not measured. */
  Scores onTest() {
    return test == null ? Scores.NONE : test;
  }

  /** The loss after a step, on the set that epochs are judged by; NaN if it was not evaluated there. */
  double lossAfter(int step) {
    return steps.stream().filter(row -> row.step() == step).mapToDouble(row -> row.judged().loss()).findFirst().orElse(Double.NaN);
  }

  /** The row of its last epoch. */
  EpochRow last() {
    return rows.getLast();
  }

  /** The row of the first epoch with the best value of a metric on the test set. */
  EpochRow best(Metric metric) {
    return BestEpoch.first(rows, metric);
  }

  /**
   * Seconds of an epoch's training part, the median over the epochs: the first one compiles as well, and of one
   * that was interrupted only the rest is counted; NaN if no time is known.
   */
  double secondsPerEpoch() {
    return median(EpochRow::stepSeconds);
  }

  /** The optimizer's share of an epoch's training part, in [0, 1], the median likewise; NaN if it is not known. */
  double optimizerShare() {
    return median(row -> row.optimizerSeconds() / row.stepSeconds());
  }

  private double median(ToDoubleFunction<EpochRow> measure) {
    double[] values = rows.stream().mapToDouble(measure).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (values.length == 0) {
      return Double.NaN;
    }
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
