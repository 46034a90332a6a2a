// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import java.util.List;

/**
 * Each channel x of an image, its bytes divided by 255, becomes (x − mean) / std.
 *
 * @param mean of each channel
 * @param std standard deviation of each channel, positive
 */
public record Normalization(List<Double> mean, List<Double> std) {
  /** Checks the values. */
  public Normalization {
    if (mean == null || mean.isEmpty() || mean.stream().anyMatch(m -> m == null || !Double.isFinite(m))) {
      throw new IllegalArgumentException("normalization.mean is " + mean + "; it has a number for each channel");
    }
    if (std == null || std.size() != mean.size()
        || std.stream().anyMatch(s -> s == null || !(s > 0 && s < Double.POSITIVE_INFINITY))) {
      throw new IllegalArgumentException(
          "normalization.std is " + std + "; it has a positive number for each of the " + mean.size() + " of mean");
    }
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }
}
