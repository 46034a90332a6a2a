// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What is known of an epoch.
 *
 * @param epoch from 1
 * @param rate the KL bound (arTuRO, in nats) or learning rate in force
 * @param train what was measured on the training set after the epoch, dropout off
 * @param judged what was measured on the set that epochs are judged by
 * @param networkSeconds forward and backward passes of the epoch; network and optimizer share the steps' wall time in
 *     proportion to what the device's profiler tells of some steps; NaN, like the other times, in a row that was written
 *     anew from a checkpoint
 * @param optimizerSeconds optimizer of the epoch's steps; NaN if the device does not tell, and then it is in the
 *     network's
 * @param evaluationSeconds evaluation of both sets
 * @param eta multiplier of the trust region in the last step; NaN, like the next two, for optimizers without one
 * @param klTaken KL of the means' step in the last step, in nats
 * @param negativeCurvature share of weights with negative estimated curvature after the last step
 * @param skippedSteps steps skipped since the start
 * @param judgedBy the set that epochs are judged by
 */
public record EpochRow(
    int epoch,
    double rate,
    Scores train,
    Scores judged,
    double networkSeconds,
    double optimizerSeconds,
    double evaluationSeconds,
    double eta,
    double klTaken,
    double negativeCurvature,
    long skippedSteps,
    JudgingSet judgedBy) {
  /** What every header begins with. */
  static final String HEAD = "epoch,rate,train_loss,";

  private static final String TAIL =
      "network_seconds,optimizer_seconds,evaluation_seconds,eta,kl_taken,negative_curvature,skipped_steps";

  private static final String TRAIN = "train_";
  private static final int FIRST_METRIC = HEAD.split(",").length;

  /**
   * A header: which columns rows have.
   *
   * @param metrics their names, in the order of their columns
   * @param judgedBy the set that epochs are judged by
   */
  record Header(List<String> metrics, JudgingSet judgedBy) {
    /** That of a line; IllegalArgumentException if it is none. */
    static Header parse(String line) {
      List<String> columns = List.of(line.split(",", -1));
      List<String> metrics =
          columns.stream()
              .skip(FIRST_METRIC)
              .takeWhile(column -> column.startsWith(TRAIN))
              .map(column -> column.substring(TRAIN.length()))
              .toList();
      for (JudgingSet set : JudgingSet.values()) {
        Header header = new Header(metrics, set);
        if (header.toString().equals(line)) {
          return header;
        }
      }
      throw new IllegalArgumentException("it is no header");
    }

    /** Its line. */
    @Override
    public String toString() {
      return HEAD + columns(TRAIN, metrics) + judgedBy + "_loss," + columns(judgedBy + "_", metrics) + TAIL;
    }
  }

  /** The header of such rows. */
  Header header() {
    return new Header(metrics(), judgedBy);
  }

  private static String columns(String set, List<String> metrics) {
    return metrics.stream().map(name -> set + name + ",").collect(Collectors.joining());
  }

  /** The names of what was measured beside the loss. */
  public List<String> metrics() {
    return judged.names();
  }

  /** Mean loss on the training set after the epoch, dropout off. */
  public double trainLoss() {
    return train.loss();
  }

  /** Mean loss on the set that epochs are judged by. */
  public double judgedLoss() {
    return judged.loss();
  }

  /** Seconds of the epoch's steps. */
  public double stepSeconds() {
    return networkSeconds + (Double.isNaN(optimizerSeconds) ? 0 : optimizerSeconds);
  }

  String csv() {
    return String.format(
        Locale.ROOT, "%d,%.8g,%s,%s,%.3f,%.3f,%.3f,%.6g,%.6g,%.6g,%d", epoch, rate, train.csv(), judged.csv(),
        networkSeconds, optimizerSeconds, evaluationSeconds, eta, klTaken, negativeCurvature, skippedSteps);
  }

  /** The same without its times, which no two trainings have alike. */
  EpochRow timeless() {
    return new EpochRow(
        epoch, rate, train, judged, Double.NaN, Double.NaN, Double.NaN, eta, klTaken, negativeCurvature, skippedSteps,
        judgedBy);
  }

  /** Whether every value is finite that is so after each epoch of a training that has not diverged. */
  public boolean isFinite() {
    boolean timed = DoubleStream.of(networkSeconds, evaluationSeconds).allMatch(Double::isFinite);
    return Double.isFinite(rate) && train.isFinite() && judged.isFinite() && (timed || csv().equals(timeless().csv()));
  }

  /** The row of a line below a header; throws IllegalArgumentException, saying why, if it is none. */
  static EpochRow parse(String line, Header header) {
    if (!line.matches("\\p{ASCII}*")) { // Java reads the digits of every script
      throw new NumberFormatException(line);
    }
    List<String> c = new ArrayList<>(List.of(line.split(",", -1)));
    if (c.size() != header.toString().split(",").length) {
      throw new IllegalArgumentException("it has " + c.size() + " columns");
    }
    EpochRow row =
        new EpochRow(
            Integer.parseInt(c.removeFirst()),
            Double.parseDouble(c.removeFirst()),
            Scores.parse(c, header.metrics),
            Scores.parse(c, header.metrics),
            Double.parseDouble(c.removeFirst()),
            Double.parseDouble(c.removeFirst()),
            Double.parseDouble(c.removeFirst()),
            Double.parseDouble(c.removeFirst()),
            Double.parseDouble(c.removeFirst()),
            Double.parseDouble(c.removeFirst()),
            Long.parseLong(c.removeFirst()),
            header.judgedBy);
    if (!row.isFinite()) {
      throw new IllegalArgumentException("a value is not finite");
    }
    return row;
  }
}
