// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.events;

import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.host.run.StepRow;
import io.github.arturo4j.host.train.StepMeans;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Values of a training by the names that curves have in TensorBoard and MLflow. What is no number is left out: an optimizer without
 * a trust region has no η.
 */
public final class Scalars {
  private static final String LOSS = "loss";
  private static final String ETA = "eta";

  private Scalars() {}

  /**
   * Of steps.
   *
   * @param eta multiplier of the trust region in the last of them; NaN if there is none
   */
  public static SequencedMap<String, Double> of(StepMeans means, double eta) {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    values.put("step/" + LOSS, means.loss());
    values.put("step/seconds", means.seconds());
    values.put(ETA, eta);
    return numbers(values);
  }

  /** Of an evaluation after a step. */
  public static SequencedMap<String, Double> of(StepRow row) {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    add(values, row.judgedBy().name(), row.judged());
    return numbers(values);
  }

  /** Of an epoch. */
  public static SequencedMap<String, Double> of(EpochRow row) {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    add(values, "train", row.train());
    add(values, row.judgedBy().name(), row.judged());
    values.put("rate", row.rate());
    values.put(ETA, row.eta());
    values.put("kl", row.klTaken());
    values.put("negative_curvature", row.negativeCurvature());
    return numbers(values);
  }

  private static void add(SequencedMap<String, Double> values, String set, Scores scores) {
    values.put(set + "/" + LOSS, scores.loss());
    scores.metrics().forEach((name, value) -> values.put(set + "/" + name, value));
  }

  private static SequencedMap<String, Double> numbers(SequencedMap<String, Double> values) {
    values.values().removeIf(value -> !Double.isFinite(value));
    return values;
  }
}
