// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.optimizer.Adam;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.kernels.optimizer.Optimizer;
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
      return new Arturo(ARTURO, Mode.ROBUST);
    }
  },
  ARTURO_PAPER(0.05, 0.01, 0.05) {
    @Override
    Optimizer make() {
      return new Arturo(ARTURO, Mode.PAPER);
    }
  },
  SGD(0.02, 0.001, 0.05) {
    @Override
    Optimizer make() {
      return new Sgd(new SgdHyperparameters(0.9, 1e-3));
    }
  },
  ADAM(0.05, 0.005, 0.01) {
    @Override
    Optimizer make() {
      return new Adam(new AdamHyperparameters(0.9, 0.99, 1e-8, 0));
    }
  },
  ADAMW(0.05, 0.005, 0.01) {
    @Override
    Optimizer make() {
      return new Adam(new AdamHyperparameters(0.9, 0.99, 1e-8, 1e-2));
    }
  };

  private static final ArturoHyperparameters ARTURO =
      new ArturoHyperparameters(0.01, 0.0015, 5e-5, 0.0586, 2.8168, 0.01739, 1.3, 1e-6, 0.5, 1e-3, 1e-6, 1e8);

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

  /** Whether PyTorch has it. */
  boolean isPyTorchs() {
    return this == SGD || this == ADAM || this == ADAMW;
  }
}
