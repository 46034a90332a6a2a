// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The step of {@link Sgd} in one pass over memory: it reads 12 and writes 8 bytes a parameter. */
final class SgdUpdate {
  /** Index in the control array: the learning rate. */
  static final int RATE = 1;

  /** Index in the control array: the momentum. */
  static final int MOMENTUM = 2;

  /** Index in the control array: the weight decay. */
  static final int WEIGHT_DECAY = 3;

  static final int SIZE = 4;

  private SgdUpdate() {}

  /**
   * v ← momentum·v + g + weightDecay·θ; θ ← θ − rate·v.
   *
   * @param control see the indices
   * @param parameters θ, n values, as the next two
   * @param gradients g but for its scale
   * @param velocity v, zeros before the first step
   */
  static void update(
      FloatArray control, FloatArray parameters, FloatArray gradients, FloatArray velocity) {
    float scale = control.get(Optimizer.GRADIENT_SCALE);
    float rate = control.get(RATE);
    float momentum = control.get(MOMENTUM);
    float weightDecay = control.get(WEIGHT_DECAY);
    for (@Parallel int i = 0; i < parameters.getSize(); i++) {
      float p = parameters.get(i);
      float v = momentum * velocity.get(i) + (scale * gradients.get(i) + weightDecay * p);
      velocity.set(i, v);
      parameters.set(i, p - rate * v);
    }
  }
}
