// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.OptimizerPlan;
import io.github.arturo4j.kernels.optimizer.arturo.Arturo;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoState;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.kernels.reference.ArturoReference;
import io.github.arturo4j.kernels.reference.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Runs the robust optimizer, in each shape, beside its reference on random gradients, one of them not finite. */
final class OptimizerCheck {
  private static final int[] SIZES = {1, 13, 207, 4098};
  private static final int STEPS = 8;
  private static final int NOT_FINITE = 4;
  static final double BOUND = 0.05;
  private static final double TOLERANCE = 1e-4;

  private OptimizerCheck() {}

  /** The check with the hyperparameters of a carried trace; a line for each fault. */
  static List<String> run(TornadoDevice device) {
    ArturoHyperparameters hp = Trace.carried("quad7_fmnist", "f32").arturo(Mode.ROBUST);
    return run(device, hp, hp);
  }

  /** The check of a device, with one set of hyperparameters, against a reference with another. */
  static List<String> run(TornadoDevice device, ArturoHyperparameters there, ArturoHyperparameters expected) {
    return Arrays.stream(KernelShape.values())
        .flatMap(shape -> Arrays.stream(SIZES).mapToObj(size -> run(device, shape, there, expected, size)))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> run(
      TornadoDevice device, KernelShape shape, ArturoHyperparameters there, ArturoHyperparameters expected, int size) {
    SplittableRandom random = new SplittableRandom(1);
    double[] mean = random.doubles(size, -1, 1).map(x -> (float) x).toArray();
    ArturoReference reference = new ArturoReference(expected, mean);
    Arturo arturo = new Arturo(there, shape);
    List<String> faults = new ArrayList<>();
    try (OptimizerPlan plan = new OptimizerPlan(arturo, TraceReplay.floats(mean), device)) {
      for (int step = 1; step <= STEPS && faults.isEmpty(); step++) {
        double[] gradient = random.doubles(size, -1, 1).map(x -> (float) x).toArray();
        if (step == NOT_FINITE) {
          gradient[size / 2] = Double.NaN;
        }
        plan.step(TraceReplay.floats(gradient), BOUND);
        ArturoState state = arturo.state(plan.last());
        reference.step(gradient, BOUND, state.eta());
        String where = shape + ", " + size + " weights, step " + step + ": ";
        compare(faults, where + "mean", plan.parameters(), reference.mean);
        compare(faults, where + "precision", state.precision(), reference.precision);
        compare(faults, where + "curvature", state.curvature(), reference.curvature);
        compare(faults, where + "linear", state.linear(), reference.linear);
        if (step != NOT_FINITE) {
          compareKl(faults, where, state.eta(), reference.klTaken);
        }
      }
    }
    return faults;
  }

  /** With η = 0 the free step is taken, whose KL may be below the bound; else the bound is met. */
  static void compareKl(List<String> faults, String where, double eta, double klTaken) {
    if (klTaken > 1.01 * BOUND || (eta > 0 && klTaken < 0.99 * BOUND)) {
      faults.add(where + "KL is " + klTaken + " with η = " + eta + ", not within 1% of the bound " + BOUND);
    }
  }

  private static void compare(List<String> faults, String name, float[] actual, double[] expected) {
    double greatest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    Comparison.difference(name, Comparison.doubles(actual), expected, x -> TOLERANCE * greatest)
        .ifPresent(faults::add);
  }
}
