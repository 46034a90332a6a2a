// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.device.NanMath;
import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * One weight's part of a step, as functions of floats which the kernels of both shapes call ({@link KernelShape}):
 * the Gaussian N(μ, 1/λ), and the quadratic model ½ q θ² + l θ of the loss.
 */
final class WeightMath {
  private WeightMath() {}

  /** A value, limited in size; NaN stays NaN. */
  static float clamp(float value, float limit) {
    return NanMath.atLeast(NanMath.atMost(value, limit), -limit);
  }

  /** The gradient d = hμ + l of the model at the mean, with h = q + w·p₀, limited in size. */
  static float slope(float h, float mean, float linear, float steepest) {
    return clamp(h * mean + linear, steepest);
  }

  /** What is left of a step once it is subtracted from the mean, which is a float. */
  static float stored(float mean, float step) {
    return mean - (mean - step);
  }

  /** λ·step², twice the KL in nats of a step of the mean. */
  static float twiceKl(float precision, float step) {
    return precision * step * step;
  }

  /** λ/λ' − 1 − ln(λ/λ'), twice the KL in nats of a step of the precision from λ to λ'. */
  static float twiceKlOfPrecision(float before, float after) {
    float ratio = before / after;
    return ratio - 1f - TornadoMath.log(ratio);
  }

  /** 1 if the curvature q is negative, else 0, without a branch. */
  static float negative(float curvature) {
    return NanMath.atLeast(NanMath.atMost(curvature * -1e30f, 1f), 0f);
  }
}
