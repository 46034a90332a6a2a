// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.OptimizerPlan;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.OptimizerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Runs every optimizer that has an {@link OptimizerReference} beside it on random gradients. */
final class BaselineCheck {
  private static final int SIZE = 4099;
  private static final int STEPS = 5;
  private static final double RATE = 0.01;
  private static final double TOLERANCE = 1e-5;

  private BaselineCheck() {}

  /** What is checked: each optimizer with its defaults, but a weight decay that shows. */
  static List<OptimizerConfig> configurations() {
    return Optimizers.all().stream()
        .filter(config -> OptimizerReference.of(config, new double[0]).isPresent())
        .map(
            config ->
                Hyperparameters.describe(config).stream().anyMatch(info -> info.name().equals("weightDecay"))
                    ? Hyperparameters.with(config, "weightDecay", 0.1)
                    : config)
        .toList();
  }

  /** A line for each fault. */
  static List<String> run(TornadoDevice device) {
    return configurations().stream().flatMap(config -> run(device, config, config).stream()).toList();
  }

  /** The check of an optimizer against a reference with other hyperparameters. */
  static List<String> run(TornadoDevice device, OptimizerConfig config, OptimizerConfig expected) {
    double[] initial = new SplittableRandom(1).doubles(SIZE, -1, 1).map(x -> (float) x).toArray();
    OptimizerReference reference = OptimizerReference.of(expected, initial).orElseThrow();
    SplittableRandom random = new SplittableRandom(2);
    List<String> faults = new ArrayList<>();
    try (OptimizerPlan plan = new OptimizerPlan(config.create(), TraceReplay.floats(initial), device)) {
      for (int step = 1; step <= STEPS && faults.isEmpty(); step++) {
        double[] gradient = random.doubles(SIZE, -1, 1).map(x -> (float) x).toArray();
        double[] at = Comparison.doubles(plan.sample(RATE));
        plan.step(TraceReplay.floats(gradient), RATE);
        reference.step(at, gradient, RATE);
        String where = config.name() + ", step " + step + ": ";
        double[] parameters = Comparison.doubles(plan.parameters());
        double[] precision = Comparison.doubles(plan.precision());
        Comparison.difference(where + "parameters", parameters, reference.parameters, TOLERANCE)
            .or(() -> Comparison.difference(where + "precision", precision, reference.precision(), TOLERANCE))
            .ifPresent(faults::add);
      }
    }
    return faults;
  }
}
