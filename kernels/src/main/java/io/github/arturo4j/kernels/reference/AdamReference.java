// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.optimizer.AdamWHyperparameters;

/** Adam and AdamW in plain double arithmetic, see {@link io.github.arturo4j.kernels.optimizer.Adam}. */
public final class AdamReference extends OptimizerReference {
  private final AdamWHyperparameters hp;
  private final double[] firstMoment;
  private final double[] secondMoment;
  private int steps;

  /** Starts at the given parameters. */
  public AdamReference(AdamWHyperparameters hp, double[] initial) {
    super(initial);
    this.hp = hp;
    firstMoment = new double[initial.length];
    secondMoment = new double[initial.length];
  }

  @Override
  public void step(double[] gradient, double learningRate) {
    steps++;
    for (int i = 0; i < parameters.length; i++) {
      firstMoment[i] = hp.beta1() * firstMoment[i] + (1 - hp.beta1()) * gradient[i];
      secondMoment[i] = hp.beta2() * secondMoment[i] + (1 - hp.beta2()) * gradient[i] * gradient[i];
      double m = firstMoment[i] / (1 - Math.pow(hp.beta1(), steps));
      double v = secondMoment[i] / (1 - Math.pow(hp.beta2(), steps));
      parameters[i] -= learningRate * hp.weightDecay() * parameters[i];
      parameters[i] -= learningRate * m / (Math.sqrt(v) + hp.eps());
    }
  }
}
