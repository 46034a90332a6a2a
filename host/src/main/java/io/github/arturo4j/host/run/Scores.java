// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.chart.Digits;
import io.github.arturo4j.models.plan.Evaluation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an epoch's evaluation on one of the two sets has measured.
 *
 * @param loss mean loss, dropout off; NaN if there was no evaluation
 * @param metrics what else, by the metrics' names, in the order of the experiment
 */
public record Scores(double loss, SequencedMap<String, Double> metrics) {
  /** Of an epoch without evaluation. */
  public static final Scores NONE = new Scores(Double.NaN, Collections.emptyNavigableMap());

  /** Keeps the metrics as they are. */
  public Scores {
    metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
  }

  /** What an evaluation tells. */
  public static Scores of(Evaluation evaluation) {
    return new Scores(evaluation.loss(), evaluation.metrics());
  }

  /** The value of a metric; NaN if it was not measured. */
  public double metric(String name) {
    return metrics.getOrDefault(name, Double.NaN);
  }

  /** The names of the metrics. */
  List<String> names() {
    return List.copyOf(metrics.sequencedKeySet());
  }

  /** Whether all is a number. */
  boolean isFinite() {
    return Double.isFinite(loss) && metrics.values().stream().allMatch(Double::isFinite);
  }

  /** As columns of a table. */
  String csv() {
    return Stream.concat(Stream.of(String.format(Locale.ROOT, "%.6f", loss)), metrics.values().stream().map(Digits::csv))
        .collect(Collectors.joining(","));
  }

  /** Those that the next columns tell, which are taken away; NumberFormatException if one is no number. */
  static Scores parse(List<String> columns, List<String> metrics) {
    double loss = Double.parseDouble(columns.removeFirst());
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(name -> values.put(name, Double.parseDouble(columns.removeFirst())));
    return new Scores(loss, values);
  }
}
