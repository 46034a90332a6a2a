// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

/**
 * Sums over the images trained on.
 *
 * @param lossSum sum of their losses, in nats, dropout on, each with the parameters of its step
 * @param correct how many were classified right
 * @param images how many there were
 */
public record TrainingMetrics(double lossSum, long correct, long images) {
  /** Mean loss of an image, in nats; NaN without images. */
  public double loss() {
    return lossSum / images;
  }

  /** Share of right classifications, 0 to 1; NaN without images. */
  public double accuracy() {
    return (double) correct / images;
  }
}
