// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.arturo.Arturo;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoRun;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;

/** The optimizers that there are, each with a weight decay if it can have one. */
enum OptimizerKind {
  PAPER,
  ROBUST,
  ADAM,
  ADAMW,
  SGD;

  // A decay that the first step of PAPER applies otherwise than the later ones.
  private static final ArturoHyperparameters ARTURO = ArturoRun.published(1.3, 0.01);

  /** A new one, in that shape, or for null in the device's. */
  Optimizer create(KernelShape shape) {
    return switch (this) {
      case PAPER -> new Arturo(ARTURO.withMode(Mode.PAPER), shape);
      case ROBUST -> new Arturo(ARTURO.withMode(Mode.ROBUST), shape);
      case ADAM -> AdamHyperparameters.builder().beta2(0.99).build().create(shape);
      case ADAMW -> AdamWHyperparameters.builder().beta2(0.99).weightDecay(0.01).build().create(shape);
      case SGD -> SgdHyperparameters.builder().weightDecay(0.01).build().create(shape);
    };
  }
}
