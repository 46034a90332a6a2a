// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

/**
 * Sums over the examples trained on.
 *
 * @param lossSum sum of their losses, each times its weight, dropout on, with the parameters of its step
 * @param weight sum of their weights in the mean; how many there were, unless the loss weighs them
 * @param examples how many there were
 */
public record TrainingMetrics(double lossSum, double weight, long examples) {
  /** Mean loss of an example, or of a position; NaN without examples. */
  public double loss() {
    return lossSum / weight;
  }
}
