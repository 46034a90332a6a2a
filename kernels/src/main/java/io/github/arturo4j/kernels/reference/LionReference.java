// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.optimizer.Lion;

/** {@link Lion} in plain double arithmetic. */
public final class LionReference extends OptimizerReference {
  private final Lion.Config hp;
  private final double[] momentum;

  /** Starts at the given parameters. */
  public LionReference(Lion.Config hp, double[] initial) {
    super(initial);
    this.hp = hp;
    momentum = new double[initial.length];
  }

  @Override
  public void step(double[] gradient, double learningRate) {
    for (int i = 0; i < parameters.length; i++) {
      double c = hp.beta1() * momentum[i] + (1 - hp.beta1()) * gradient[i];
      parameters[i] -= learningRate * (Math.signum(c) + hp.weightDecay() * parameters[i]);
      momentum[i] = hp.beta2() * momentum[i] + (1 - hp.beta2()) * gradient[i];
    }
  }
}
