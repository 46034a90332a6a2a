// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoRun;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import java.util.List;
import java.util.stream.Stream;

/** Every optimizer that there is, arTuRO in both modes, each with a weight decay if it can have one. */
record OptimizerKind(OptimizerConfig config) {
  // A decay that the first step of paper mode applies otherwise than the later ones.
  private static final ArturoHyperparameters ARTURO = ArturoRun.published(1.3, 0.01);

  static final OptimizerKind ROBUST = new OptimizerKind(ARTURO.withMode(Mode.ROBUST));

  static List<OptimizerKind> all() {
    Stream<OptimizerKind> others =
        Optimizers.all().stream()
            .filter(config -> !(config instanceof ArturoHyperparameters))
            .map(config -> new OptimizerKind(decaying(config)));
    return Stream.concat(Stream.of(new OptimizerKind(ARTURO.withMode(Mode.PAPER)), ROBUST), others).toList();
  }

  private static OptimizerConfig decaying(OptimizerConfig config) {
    return Hyperparameters.describe(config).stream().anyMatch(info -> info.name().equals("weightDecay"))
        ? Hyperparameters.with(config, "weightDecay", 0.01)
        : config;
  }

  /** A new one, in that shape, or for null in the device's. */
  Optimizer create(KernelShape shape) {
    return config.create(shape);
  }

  @Override
  public String toString() {
    return config.label();
  }
}
