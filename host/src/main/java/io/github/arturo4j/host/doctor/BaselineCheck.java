// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.optimizer.Adam;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerPlan;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.reference.AdamReference;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.SgdReference;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Runs SGD, Adam and AdamW beside their references on random gradients. */
final class BaselineCheck {
  private static final int SIZE = 4099;
  private static final int STEPS = 5;
  private static final double RATE = 0.01;
  private static final double TOLERANCE = 1e-5;
  private static final AdamHyperparameters ADAMW = new AdamHyperparameters(0.9, 0.99, 1e-8, 0.1);
  private static final SgdHyperparameters SGD = new SgdHyperparameters(0.9, 0.1);

  private BaselineCheck() {}

  /** A step of a reference, and the parameters after it. */
  private interface Reference {
    double[] step(double[] gradient);
  }

  /** A line for each fault. */
  static List<String> run(TornadoDevice device) {
    return run(device, ADAMW, SGD);
  }

  /** The check against references with these hyperparameters. */
  static List<String> run(TornadoDevice device, AdamHyperparameters expected, SgdHyperparameters expectedOfSgd) {
    double[] initial = new SplittableRandom(1).doubles(SIZE, -1, 1).map(x -> (float) x).toArray();
    AdamReference adam = new AdamReference(expected, initial);
    SgdReference sgd = new SgdReference(expectedOfSgd, initial);
    List<String> faults = new ArrayList<>();
    faults.addAll(
        run(device, new Adam(ADAMW), initial, gradient -> {
          adam.step(gradient, RATE);
          return adam.parameters;
        }));
    faults.addAll(
        run(device, new Sgd(SGD), initial, gradient -> {
          sgd.step(gradient, RATE);
          return sgd.parameters;
        }));
    return faults;
  }

  private static List<String> run(TornadoDevice device, Optimizer optimizer, double[] initial, Reference reference) {
    SplittableRandom random = new SplittableRandom(2);
    List<String> faults = new ArrayList<>();
    try (OptimizerPlan plan = new OptimizerPlan(optimizer, TraceReplay.floats(initial), device)) {
      for (int step = 1; step <= STEPS && faults.isEmpty(); step++) {
        double[] gradient = random.doubles(SIZE, -1, 1).map(x -> (float) x).toArray();
        plan.step(TraceReplay.floats(gradient), RATE);
        double[] actual = Comparison.doubles(plan.parameters());
        Comparison.difference(
                optimizer.name() + ", step " + step + ": parameters", actual, reference.step(gradient), TOLERANCE)
            .ifPresent(faults::add);
      }
    }
    return faults;
  }
}
