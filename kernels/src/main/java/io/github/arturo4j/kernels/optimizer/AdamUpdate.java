// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The step of {@link Adam} in one pass over memory: it reads 16 and writes 12 bytes a parameter. */
final class AdamUpdate {
  /** Index in the control array: the learning rate, divided by the first moment's bias correction 1 − β₁ᵗ. */
  static final int STEP_SIZE = 1;

  /** Index in the control array: 1/√(1 − β₂ᵗ), from the second moment's bias correction. */
  static final int ROOT_CORRECTION = 2;

  /** Index in the control array: 1 − rate·weightDecay. */
  static final int DECAY = 3;

  /** Index in the control array: β₁. */
  static final int BETA1 = 4;

  /** Index in the control array: 1 − β₁, which as a float is closer to it than what a float's β₁ leaves. */
  static final int REST1 = 5;

  /** Index in the control array: β₂. */
  static final int BETA2 = 6;

  /** Index in the control array: 1 − β₂, likewise. */
  static final int REST2 = 7;

  /** Index in the control array: ε. */
  static final int EPS = 8;

  static final int SIZE = 9;

  private AdamUpdate() {}

  /**
   * m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; θ ← decay·θ − stepSize·m / (√v·rootCorrection + ε).
   *
   * @param control see the indices
   * @param parameters θ, n values, as the next three
   * @param gradients g but for its scale
   * @param firstMoment m, zeros before the first step
   * @param secondMoment v, zeros before the first step
   */
  static void update(
      FloatArray control,
      FloatArray parameters,
      FloatArray gradients,
      FloatArray firstMoment,
      FloatArray secondMoment) {
    float scale = control.get(Optimizer.GRADIENT_SCALE);
    float stepSize = control.get(STEP_SIZE);
    float rootCorrection = control.get(ROOT_CORRECTION);
    float decay = control.get(DECAY);
    float beta1 = control.get(BETA1);
    float rest1 = control.get(REST1);
    float beta2 = control.get(BETA2);
    float rest2 = control.get(REST2);
    float eps = control.get(EPS);
    for (@Parallel int i = 0; i < parameters.getSize(); i++) {
      float p = parameters.get(i);
      float g = scale * gradients.get(i);
      float m = beta1 * firstMoment.get(i) + rest1 * g;
      float v = beta2 * secondMoment.get(i) + rest2 * (g * g);
      firstMoment.set(i, m);
      secondMoment.set(i, v);
      parameters.set(i, decay * p - stepSize * m / (TornadoMath.sqrt(v) * rootCorrection + eps));
    }
  }
}
