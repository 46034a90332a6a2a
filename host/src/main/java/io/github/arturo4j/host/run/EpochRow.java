// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * What is known of an epoch.
 *
 * @param epoch from 1
 * @param rate the KL bound (arTuRO, in nats) or learning rate of the epoch's last step
 * @param trainLoss mean loss on the training set after the epoch, dropout off, in nats
 * @param trainAccuracy share of the training set that is right
 * @param testLoss mean loss on the test set, in nats
 * @param testAccuracy share of the test set that is right
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
 */
public record EpochRow(
    int epoch,
    double rate,
    double trainLoss,
    double trainAccuracy,
    double testLoss,
    double testAccuracy,
    double networkSeconds,
    double optimizerSeconds,
    double evaluationSeconds,
    double eta,
    double klTaken,
    double negativeCurvature,
    long skippedSteps) {
  static final String HEADER =
      "epoch,rate,train_loss,train_accuracy,test_loss,test_accuracy,network_seconds,optimizer_seconds,"
          + "evaluation_seconds,eta,kl_taken,negative_curvature,skipped_steps";

  /** Seconds of the epoch's steps. */
  public double stepSeconds() {
    return networkSeconds + (Double.isNaN(optimizerSeconds) ? 0 : optimizerSeconds);
  }

  String csv() {
    return String.format(
        Locale.ROOT,
        "%d,%.8g,%.6f,%.6f,%.6f,%.6f,%.3f,%.3f,%.3f,%.6g,%.6g,%.6g,%d",
        epoch,
        rate,
        trainLoss,
        trainAccuracy,
        testLoss,
        testAccuracy,
        networkSeconds,
        optimizerSeconds,
        evaluationSeconds,
        eta,
        klTaken,
        negativeCurvature,
        skippedSteps);
  }

  /** The same without its times, which no two trainings have alike. */
  EpochRow timeless() {
    return new EpochRow(
        epoch, rate, trainLoss, trainAccuracy, testLoss, testAccuracy, Double.NaN, Double.NaN, Double.NaN, eta, klTaken,
        negativeCurvature, skippedSteps);
  }

  /** Whether every value is finite that is so after each epoch of a training that has not diverged. */
  public boolean isFinite() {
    boolean timed = DoubleStream.of(networkSeconds, evaluationSeconds).allMatch(Double::isFinite);
    return DoubleStream.of(rate, trainLoss, trainAccuracy, testLoss, testAccuracy).allMatch(Double::isFinite)
        && (timed || csv().equals(timeless().csv()));
  }

  /** The row of a line; throws IllegalArgumentException, saying why, if it is none. */
  static EpochRow parse(String line) {
    if (!line.matches("\\p{ASCII}*")) { // Java reads the digits of every script
      throw new NumberFormatException(line);
    }
    String[] c = line.split(",", -1);
    if (c.length != HEADER.split(",").length) {
      throw new IllegalArgumentException("it has " + c.length + " columns");
    }
    EpochRow row = new EpochRow(
        Integer.parseInt(c[0]),
        Double.parseDouble(c[1]),
        Double.parseDouble(c[2]),
        Double.parseDouble(c[3]),
        Double.parseDouble(c[4]),
        Double.parseDouble(c[5]),
        Double.parseDouble(c[6]),
        Double.parseDouble(c[7]),
        Double.parseDouble(c[8]),
        Double.parseDouble(c[9]),
        Double.parseDouble(c[10]),
        Double.parseDouble(c[11]),
        Long.parseLong(c[12]));
    if (!row.isFinite()) {
      throw new IllegalArgumentException("a value is not finite");
    }
    return row;
  }
}
