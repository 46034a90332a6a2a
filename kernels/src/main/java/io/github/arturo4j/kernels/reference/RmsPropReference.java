// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.optimizer.RmsProp;

/** {@link RmsProp} in plain double arithmetic. */
public final class RmsPropReference extends OptimizerReference {
  private final RmsProp.Config hp;
  private final double[] meanSquare;
  private final double[] velocity;

  /** Starts at the given parameters. */
  public RmsPropReference(RmsProp.Config hp, double[] initial) {
    super(initial);
    this.hp = hp;
    meanSquare = new double[initial.length];
    velocity = new double[initial.length];
  }

  @Override
  public void step(double[] gradient, double learningRate) {
    for (int i = 0; i < parameters.length; i++) {
      double g = gradient[i] + hp.weightDecay() * parameters[i];
      meanSquare[i] = hp.alpha() * meanSquare[i] + (1 - hp.alpha()) * g * g;
      velocity[i] = hp.momentum() * velocity[i] + g / (Math.sqrt(meanSquare[i]) + hp.eps());
      parameters[i] -= learningRate * velocity[i];
    }
  }
}
