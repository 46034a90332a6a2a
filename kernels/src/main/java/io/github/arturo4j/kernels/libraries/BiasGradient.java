// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

/**
 * The sums of each channel of a gradient, [batch, channels, pixels].
 *
 * @param bias where they go in their array
 */
public record BiasGradient(int batch, int channels, int pixels, long bias) {
  @Override
  public String toString() {
    return "the bias gradient of " + batch + "×" + channels + "×" + pixels;
  }
}
