// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.kernels.optimizer.AdamWHyperparameters;
import io.github.arturo4j.kernels.optimizer.Ivon;
import io.github.arturo4j.kernels.optimizer.Lion;
import io.github.arturo4j.kernels.optimizer.NAdam;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.RmsProp;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.AdaptiveHyperparameters;
import java.util.Optional;

/** An optimizer in plain double arithmetic, which the kernels are compared with. */
public abstract class OptimizerReference {
  /** The parameters. */
  public final double[] parameters;

  OptimizerReference(double[] initial) {
    parameters = initial.clone();
  }

  /** One step with the gradient at the present parameters. */
  public abstract void step(double[] gradient, double learningRate);

  /** One step with the gradient where it was computed, which is elsewhere for an optimizer that samples. */
  public void step(double[] at, double[] gradient, double learningRate) {
    step(gradient, learningRate);
  }

  /** The precision of each parameter; empty if the optimizer has none. */
  public double[] precision() {
    return new double[0];
  }

  /** The reference of an optimizer; empty of one that has none, or, as arTuRO, one with more to it. */
  public static Optional<OptimizerReference> of(OptimizerConfig config, double[] initial) {
    return Optional.ofNullable(
        switch (config) {
          case AdamHyperparameters adam -> new AdamReference(adam.withWeightDecay(0), initial);
          case AdamWHyperparameters adamW -> new AdamReference(adamW, initial);
          case SgdHyperparameters sgd -> new SgdReference(sgd, initial);
          case Lion.Config lion -> new LionReference(lion, initial);
          case RmsProp.Config rmsProp -> new RmsPropReference(rmsProp, initial);
          case NAdam.Config nAdam -> new NAdamReference(nAdam, initial);
          case Ivon.Config ivon -> new IvonReference(ivon, initial);
          case AdaptiveHyperparameters adaptive -> new AdaptiveReference(adaptive, initial);
          default -> null;
        });
  }
}
