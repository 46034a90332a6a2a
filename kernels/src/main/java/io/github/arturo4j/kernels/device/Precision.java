// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

import java.util.Locale;

/**
 * How exactly a library multiplies. Operands, sums and results are floats of 32 bits in any case; so are the weights and all that the
 * optimizer computes.
 */
public enum Precision {
  /** As 32-bit floats. */
  FP32(1e-4),

  /** With the operands rounded to the 10 fraction bits of TensorFloat-32. */
  TF32(2e-2),

  /**
   * With the operands of matrix products rounded to the 7 fraction bits of bfloat16; cuDNN rounds no floats so, and multiplies those of
   * convolutions as {@link #TF32}.
   */
  BF16(1e-1);

  private final double tolerance;

  Precision(double tolerance) {
    this.tolerance = tolerance;
  }

  /**
   * What a sum of some hundred products of values within [−1, 1) may be off, as a part of 1 + |sum|: for fp32 that of other kernels;
   * else some seven deviations of what the rounding of the operands makes. A wrong operand makes tens of times as much.
   */
  public double tolerance() {
    return tolerance;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
