// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** What a network is trained or evaluated on: features, and for each example of them a target. */
public interface Examples {
  /** What the network is given. */
  Features features();

  /** What its outputs are to be like, for as many examples as there are features. */
  Targets targets();

  /**
   * These features with those targets.
   *
   * @throws IllegalArgumentException if there are not as many of them; one line
   */
  static Examples of(Features features, Targets targets) {
    if (features.count() != targets.count()) {
      throw new IllegalArgumentException(
          "there are features of " + features.count() + " examples and targets of " + targets.count());
    }
    return new Pair(features, targets);
  }

  /**
   * Rows of numbers, each with its class, of as many classes as the labels tell apart: the greatest, and 1.
   *
   * @param features [examples, features]
   * @param labels a class for each, from 0
   * @throws IllegalArgumentException if the rows are not of one length, a label is negative, or there are not as many labels;
   *     one line
   */
  static Examples of(float[][] features, int[] labels) {
    return of(features, labels, Arrays.stream(labels).max().orElse(0) + 1);
  }

  /**
   * Rows of numbers, each with its class.
   *
   * @param features [examples, features]
   * @param labels a class for each, from 0 and below {@code classes}
   * @param classes how many there are
   * @throws IllegalArgumentException if the rows are not of one length, a label is none of these, or there are not as many
   *     labels; one line
   */
  static Examples of(float[][] features, int[] labels, int classes) {
    return of(Rows.features(features), Targets.classes(labels, classes));
  }

  /**
   * Rows of numbers, each with a value.
   *
   * @param features [examples, features]
   * @param values one for each
   * @throws IllegalArgumentException if the rows are not of one length, or there are not as many values; one line
   */
  static Examples of(float[][] features, float[] values) {
    return of(Rows.features(features), Targets.values(values, 1));
  }

  /**
   * Rows of numbers, each with several values.
   *
   * @param features [examples, features]
   * @param values [examples, values]
   * @throws IllegalArgumentException if the rows are not of one length, or there are not as many of both; one line
   */
  static Examples of(float[][] features, float[][] values) {
    return of(Rows.features(features), Targets.values(Rows.flat(values, "values"), values[0].length));
  }

  /**
   * A row of numbers with its class.
   *
   * @param features its numbers
   * @param label its class, from 0
   */
  record Row(float[] features, int label) {}

  /**
   * Rows of numbers, each with its class, of as many classes as the labels tell apart: the greatest, and 1.
   *
   * @param rows read to their end, into memory; what does not fit there is for a {@link FeatureSource}
   * @throws IllegalArgumentException if the rows are not of one length, a label is negative, or there are none; one line
   */
  static Examples of(Iterator<Row> rows) {
    List<Row> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    return of(all.stream().map(Row::features).toArray(float[][]::new), all.stream().mapToInt(Row::label).toArray());
  }

  /** Features and targets that go together. */
  record Pair(Features features, Targets targets) implements Examples {}

  /** How many there are. */
  default int count() {
    return features().count();
  }

  /**
   * Some of them, by their indices, in this order; see {@link Split}.
   *
   * @throws IndexOutOfBoundsException if there is no such example
   * @throws IllegalArgumentException if there are no indices, or too many for one array; one line
   */
  default Examples select(int... indices) {
    return of(features().select(indices), targets().select(indices));
  }

  /** The first n examples; all if there are fewer. */
  default Examples limit(int n) {
    return n >= count() ? this : select(IntStream.range(0, n).toArray());
  }

  /** Shape of an example's features. */
  default Shape shape() {
    return features().shape();
  }

  /**
   * Checks that a network can be trained on them by that loss.
   *
   * @throws IllegalArgumentException if not; one line
   */
  default void checkFits(Network network, Loss loss) {
    if (!network.input().equals(shape())) {
      throw new IllegalArgumentException(
          "%s takes examples of %s, not %s".formatted(network.name(), network.input(), shape()));
    }
    boolean tokens = features().type() == Features.Tokens.class;
    if (tokens != network.vocabulary() > 0) {
      throw new IllegalArgumentException(
          network.name() + (tokens ? " takes no tokens: it has no Embedding" : " takes tokens, not " + features().kind()));
    }
    if (features() instanceof Features.Tokens each) {
      each.checkWithin(network.vocabulary());
    }
    if (network.positions() != targets().positions()) {
      throw new IllegalArgumentException(
          "%s puts out %d×%d, and its targets are %s: %s".formatted(
              network.name(), network.positions(), network.outputs(), targets(),
              targets().positions() == 1 ? "add a Flatten, or a Flatten and a Linear" : "give it as many positions"));
    }
    loss.check(targets(), network.outputs());
  }
}
