// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How a network does on a set of examples, dropout off.
 *
 * @param loss mean loss of an example, or of a position
 * @param metrics what else was measured, by the metrics' names
 * @param examples how many there were
 */
public record Evaluation(double loss, SequencedMap<String, Double> metrics, int examples) {
  /** Keeps the metrics as they are. */
  public Evaluation {
    metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
  }

  /**
   * The value of a metric, such as {@code metric("accuracy")}.
   *
   * @throws IllegalArgumentException if it was not measured; one line with what was
   */
  public double metric(String name) {
    Double value = metrics.get(name);
    if (value == null) {
      throw new IllegalArgumentException("'" + name + "' was not measured; there are: " + String.join(", ", metrics.keySet()));
    }
    return value;
  }
}
