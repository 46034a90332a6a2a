// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

import java.util.Arrays;

/**
 * How predictions that were averaged differ.
 *
 * @param mutualInformation of classes, between the class and which of the networks is right, in nats: the entropy of the mean
 *     less the mean of the entropies, which more data would take away (Houlsby et al. 2011, arXiv 1112.5745). NaN of values
 * @param deviations the standard deviation of each probability, or of each value, over the averaged
 */
public record Spread(double mutualInformation, double[] deviations) {
  /** Keeps its own deviations. */
  public Spread {
    deviations = deviations.clone();
  }

  /** A copy of the deviations. */
  @Override
  public double[] deviations() {
    return deviations.clone();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Spread s
        && Double.compare(mutualInformation, s.mutualInformation) == 0
        && Arrays.equals(deviations, s.deviations);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(deviations);
  }
}
