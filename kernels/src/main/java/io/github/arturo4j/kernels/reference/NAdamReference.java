// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.optimizer.NAdam;

/** {@link NAdam} in plain double arithmetic. */
public final class NAdamReference extends OptimizerReference {
  private final NAdam.Config hp;
  private final double[] firstMoment;
  private final double[] secondMoment;
  private double momentumProduct = 1;
  private int steps;

  /** Starts at the given parameters. */
  public NAdamReference(NAdam.Config hp, double[] initial) {
    super(initial);
    this.hp = hp;
    firstMoment = new double[initial.length];
    secondMoment = new double[initial.length];
  }

  @Override
  public void step(double[] gradient, double learningRate) {
    steps++;
    double next = momentum(steps + 1);
    momentumProduct *= momentum(steps);
    for (int i = 0; i < parameters.length; i++) {
      double g = gradient[i] + hp.weightDecay() * parameters[i];
      firstMoment[i] = hp.beta1() * firstMoment[i] + (1 - hp.beta1()) * g;
      secondMoment[i] = hp.beta2() * secondMoment[i] + (1 - hp.beta2()) * g * g;
      double root = Math.sqrt(secondMoment[i] / (1 - Math.pow(hp.beta2(), steps))) + hp.eps();
      parameters[i] -= learningRate * (1 - momentum(steps)) / (1 - momentumProduct) * g / root;
      parameters[i] -= learningRate * next / (1 - momentumProduct * next) * firstMoment[i] / root;
    }
  }

  private double momentum(int step) {
    return hp.beta1() * (1 - 0.5 * Math.pow(0.96, step * hp.momentumDecay()));
  }
}
