// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The step of {@link Adam} in one pass over memory: it reads 16 and writes 12 bytes a parameter. */
final class AdamUpdate {
  /** Index in the control array: the learning rate, divided by the first moment's bias correction 1 − β₁ᵗ. */
  static final int STEP_SIZE = 0;

  /** Index in the control array: 1/√(1 − β₂ᵗ), from the second moment's bias correction. */
  static final int ROOT_CORRECTION = 1;

  /** Index in the control array: 1 − rate·weightDecay. */
  static final int DECAY = 2;

  static final int SIZE = 3;

  private AdamUpdate() {}

  /**
   * m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; θ ← decay·θ − stepSize·m / (√v·rootCorrection + ε).
   *
   * @param control see the indices
   * @param parameters θ, n values, as the next three
   * @param gradients g
   * @param firstMoment m, zeros before the first step
   * @param secondMoment v, zeros before the first step
   * @param rest1 1 − β₁, which as a float is closer to it than what a float's β₁ leaves; so is {@code rest2}
   */
  static void update(
      FloatArray control,
      FloatArray parameters,
      FloatArray gradients,
      FloatArray firstMoment,
      FloatArray secondMoment,
      int n,
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      float eps) {
    float stepSize = control.get(STEP_SIZE);
    float rootCorrection = control.get(ROOT_CORRECTION);
    float decay = control.get(DECAY);
    for (@Parallel int i = 0; i < n; i++) {
      element(
          parameters, gradients, firstMoment, secondMoment, i, beta1, rest1, beta2, rest2, eps, stepSize,
          rootCorrection, decay);
    }
  }

  /** The same in {@link KernelShape#GROUPS}, with that many threads. */
  static void updateInGroups(
      KernelContext context,
      FloatArray control,
      FloatArray parameters,
      FloatArray gradients,
      FloatArray firstMoment,
      FloatArray secondMoment,
      int n,
      int threads,
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      float eps) {
    float stepSize = control.get(STEP_SIZE);
    float rootCorrection = control.get(ROOT_CORRECTION);
    float decay = control.get(DECAY);
    for (int i = context.globalIdx; i < n; i += threads) {
      element(
          parameters, gradients, firstMoment, secondMoment, i, beta1, rest1, beta2, rest2, eps, stepSize,
          rootCorrection, decay);
    }
  }

  private static void element(
      FloatArray parameters,
      FloatArray gradients,
      FloatArray firstMoment,
      FloatArray secondMoment,
      int i,
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      float eps,
      float stepSize,
      float rootCorrection,
      float decay) {
    float p = parameters.get(i);
    float g = gradients.get(i);
    float m = beta1 * firstMoment.get(i) + rest1 * g;
    float v = beta2 * secondMoment.get(i) + rest2 * (g * g);
    firstMoment.set(i, m);
    secondMoment.set(i, v);
    parameters.set(i, decay * p - stepSize * m / (TornadoMath.sqrt(v) * rootCorrection + eps));
  }
}
