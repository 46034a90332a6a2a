// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;

/** SGD with momentum in plain double arithmetic, see {@link io.github.arturo4j.kernels.optimizer.Sgd}. */
public final class SgdReference extends OptimizerReference {
  private final SgdHyperparameters hp;
  private final double[] velocity;

  /** Starts at the given parameters. */
  public SgdReference(SgdHyperparameters hp, double[] initial) {
    super(initial);
    this.hp = hp;
    velocity = new double[initial.length];
  }

  @Override
  public void step(double[] gradient, double learningRate) {
    for (int i = 0; i < parameters.length; i++) {
      velocity[i] = hp.momentum() * velocity[i] + gradient[i] + hp.weightDecay() * parameters[i];
      parameters[i] -= learningRate * velocity[i];
    }
  }
}
