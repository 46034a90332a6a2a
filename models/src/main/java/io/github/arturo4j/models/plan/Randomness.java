// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.models.data.Features;

/**
 * What of a network is drawn anew for each sample of a {@link PredictionPlan}.
 *
 * @param deviation the standard deviation of each parameter around the plan's weights, by which they are drawn; null if they
 *     stay
 * @param dropout whether dropout is on, as in training (Gal and Ghahramani, ICML 2016, arXiv 1506.02142)
 * @param statistics training features of whose batches a sample's running statistics are computed, with its own weights, as
 *     stochastic weight averaging does (Maddox et al., NeurIPS 2019, arXiv 1902.02476): those of the plan's weights are wrong for
 *     others. Each batch counts for a tenth, so that n of them leave 0.9ⁿ of the plan's. Null to keep the plan's
 */
public record Randomness(float[] deviation, boolean dropout, Features statistics) {
  /** Nothing is drawn: every sample is the network itself. */
  public static final Randomness NONE = new Randomness(null, false, null);

  /** Dropout is on, and the weights stay. */
  public static final Randomness DROPOUT = new Randomness(null, true, null);

  /** Weights are drawn, and running statistics stay. */
  public static Randomness ofWeights(float[] deviation) {
    return new Randomness(deviation, false, null);
  }

  /** The same with running statistics that each sample computes. */
  public Randomness statistics(Features features) {
    return new Randomness(deviation, dropout, features);
  }
}
