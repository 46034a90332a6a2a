// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.Shape;

/** What a network is trained or evaluated on: features, and for each example of them a target. */
public interface Examples {
  /** What the network is given. */
  Features features();

  /** What its outputs are to be like; as many as there are features. */
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

  /** Examples in memory. */
  record Pair(Features features, Targets targets) implements Examples {}

  /** How many there are. */
  default int count() {
    return features().count();
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
    boolean tokens = features() instanceof Features.Tokens;
    if (tokens != network.vocabulary() > 0) {
      throw new IllegalArgumentException(
          network.name() + (tokens ? " takes no tokens: it has no Embedding" : " takes tokens, not " + features().kind()));
    }
    if (features() instanceof Features.Tokens each) {
      each.checkWithin(network.vocabulary());
    }
    loss.check(targets(), network.outputs());
  }
}
