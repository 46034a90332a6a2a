// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.optimizer.Ivon;
import java.util.Arrays;

/** {@link Ivon} in plain double arithmetic, with the weights that were drawn: algorithm 1 of its paper. */
public final class IvonReference extends OptimizerReference {
  private final Ivon.Config hp;
  private final double[] momentum;
  private final double[] hessian;
  private int steps;

  /** Starts at the given means. */
  public IvonReference(Ivon.Config hp, double[] initial) {
    super(initial);
    this.hp = hp;
    momentum = new double[initial.length];
    hessian = new double[initial.length];
    Arrays.fill(hessian, hp.hessInit());
  }

  @Override
  public void step(double[] gradient, double learningRate) {
    step(parameters.clone(), gradient, learningRate);
  }

  @Override
  public void step(double[] drawn, double[] gradient, double learningRate) {
    steps++;
    double delta = hp.weightDecay();
    double rate = learningRate * (hp.hessInit() + delta);
    for (int i = 0; i < parameters.length; i++) {
      double h = hessian[i];
      double variance = 1 / (hp.ess() * (h + delta));
      double sample = gradient[i] * (drawn[i] - parameters[i]) / variance;
      momentum[i] = hp.beta1() * momentum[i] + (1 - hp.beta1()) * gradient[i];
      hessian[i] =
          hp.beta2() * h + (1 - hp.beta2()) * sample
              + Math.pow((1 - hp.beta2()) * (h - sample), 2) / (2 * (h + delta));
      double mean = momentum[i] / (1 - Math.pow(hp.beta1(), steps));
      parameters[i] -= rate * (mean + delta * parameters[i]) / (hessian[i] + delta);
    }
  }

  /** λ(h + δ) of each parameter. */
  @Override
  public double[] precision() {
    return Arrays.stream(hessian).map(h -> hp.ess() * (h + hp.weightDecay())).toArray();
  }
}
