// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import io.github.arturo4j.kernels.device.Precision;
import java.util.Locale;

/**
 * A two-dimensional convolution of NCHW images with square kernels, or one of its gradients.
 *
 * @param weight where the weights, [outChannels, inChannels, kernel, kernel], begin in their array, or their gradients in theirs
 * @param stride step of the kernel, in both directions
 * @param padding zeros around the input, on each side
 */
public record Convolution(
    Direction direction, int batch, int inChannels, int inHeight, int inWidth, int outChannels, int outHeight, int outWidth, int kernel,
    int stride, int padding, long weight, Precision precision) {
  /** Values that make the 16 bytes by which tensors are to be aligned. */
  private static final int ALIGNMENT = 4;

  /** What of it is computed. */
  public enum Direction {
    /** The output. */
    FORWARD,

    /** The gradient with respect to the input. */
    BACKWARD_INPUT,

    /** The gradient with respect to the weights. */
    BACKWARD_WEIGHTS
  }

  /** Values of the weights. */
  long weights() {
    return (long) outChannels * inChannels * kernel * kernel;
  }

  /** Values of what is computed. */
  long results() {
    return switch (direction) {
      case FORWARD -> (long) batch * outChannels * outHeight * outWidth;
      case BACKWARD_INPUT -> (long) batch * inChannels * inHeight * inWidth;
      case BACKWARD_WEIGHTS -> weights();
    };
  }

  /** Whether the weights do not begin where vectors of four values do, which kernels of tensor cores may take for granted. */
  boolean isUnaligned() {
    return weight % ALIGNMENT != 0;
  }

  @Override
  public String toString() {
    return "a convolution " + direction.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " of " + batch + "×" + inChannels + "×"
        + inHeight + "×" + inWidth + " to " + outChannels + " channels, kernel " + kernel + ", stride " + stride + ", padding " + padding
        + " (" + precision + ")";
  }
}
