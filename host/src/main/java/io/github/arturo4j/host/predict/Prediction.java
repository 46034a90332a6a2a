// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

import io.github.arturo4j.host.dataset.DataSchema;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What a network, or the mean of several, says of an example.
 *
 * @param values the probability of each class; or the predicted values, in the unit of the training data
 * @param spread of the predictions that values are the mean of; null of a single one
 */
public record Prediction(double[] values, DataSchema schema, Spread spread) {
  /** Keeps its own values. */
  public Prediction {
    values = values.clone();
  }

  /** A single one. */
  public Prediction(double[] values, DataSchema schema) {
    this(values, schema, null);
  }

  /** The same as a mean of that spread. */
  Prediction with(Spread other) {
    return new Prediction(values, schema, other);
  }

  /** The entropy of the probabilities in nats, from 0 for one class alone to the log of their number. */
  public double entropy() {
    return Arrays.stream(values).filter(p -> p > 0).map(p -> -p * Math.log(p)).sum();
  }

  /** A copy of the values. */
  @Override
  public double[] values() {
    return values.clone();
  }

  /** The k most probable classes, the first first; all if there are fewer. */
  public List<Ranked> top(int k) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparing((Integer label) -> -values[label]).thenComparing(label -> label))
        .limit(k)
        .map(label -> new Ranked(label, schema.className(label), values[label]))
        .toList();
  }

  /** The number of the most probable class. */
  public int label() {
    return top(1).getFirst().label();
  }

  /** The name of the most probable class. */
  public String className() {
    return schema.className(label());
  }

  /**
   * A class and its probability.
   *
   * @param label its number
   * @param name its name; its number if it has none
   */
  public record Ranked(int label, String name, double probability) {}

  @Override
  public boolean equals(Object o) {
    return o instanceof Prediction p && Arrays.equals(values, p.values) && schema.equals(p.schema) && Objects.equals(spread, p.spread);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
