// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.optimizer.Adam;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.kernels.optimizer.AdamWHyperparameters;
import io.github.arturo4j.kernels.optimizer.Lion;
import io.github.arturo4j.kernels.optimizer.NAdam;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.RmsProp;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Arturo;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;

/** The optimizers, each with its rate for each problem. */
enum TestOptimizer {
  ARTURO_ROBUST(0.05, 0.01, 0.05) {
    @Override
    Optimizer make() {
      return new Arturo(ARTURO.withMode(Mode.ROBUST));
    }
  },
  ARTURO_PAPER(0.05, 0.01, 0.05) {
    @Override
    Optimizer make() {
      return new Arturo(ARTURO.withMode(Mode.PAPER));
    }
  },
  SGD(0.02, 0.001, 0.05) {
    @Override
    Optimizer make() {
      return new Sgd(SgdHyperparameters.builder().weightDecay(1e-3).build());
    }
  },
  ADAM(0.05, 0.005, 0.01) {
    @Override
    Optimizer make() {
      return new Adam(AdamHyperparameters.builder().beta2(0.99).build());
    }
  },
  ADAMW(0.05, 0.005, 0.01) {
    @Override
    Optimizer make() {
      return new Adam(AdamWHyperparameters.builder().beta2(0.99).build());
    }
  },
  LION(0.01, 0.01, 0.006) {
    @Override
    Optimizer make() {
      return new Lion(Lion.Config.builder().weightDecay(1e-3).build());
    }
  },
  RMSPROP(0.005, 0.002, 0.001) {
    @Override
    Optimizer make() {
      return new RmsProp(RmsProp.Config.builder().alpha(0.9).momentum(0.9).build());
    }
  },
  NADAM(0.01, 0.01, 0.01) {
    @Override
    Optimizer make() {
      return new NAdam(NAdam.Config.builder().beta1(0.98).beta2(0.9).build());
    }
  };

  private static final ArturoHyperparameters ARTURO =
      ArturoHyperparameters.builder()
          .regWeight(0.0586)
          .measurementNoise(2.8168)
          .dynamicModelNoise(0.01739)
          .weightDecay(1e-6)
          .build();

  private final double quadratic;
  private final double rosenbrock;
  private final double network;

  TestOptimizer(double quadratic, double rosenbrock, double network) {
    this.quadratic = quadratic;
    this.rosenbrock = rosenbrock;
    this.network = network;
  }

  abstract Optimizer make();

  /** A rate that suits a problem: a KL bound for arTuRO, else a learning rate. */
  double rate(TestProblem problem) {
    return switch (problem) {
      case QUADRATIC -> quadratic;
      case ROSENBROCK -> rosenbrock;
      case NETWORK -> network;
    };
  }

  /** Whether {@link PyTorchTrajectory} knows its way. */
  boolean isKnownInPyTorch() {
    return this == SGD || this == ADAM || this == ADAMW;
  }
}
