// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.config.ArturoConfig;
import io.github.arturo4j.host.config.Experiments;
import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.kernels.KernelGraph;
import io.github.arturo4j.kernels.optimizer.Arturo;
import io.github.arturo4j.kernels.optimizer.Mode;
import io.github.arturo4j.kernels.optimizer.OptimizerPlan;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Times an optimizer step on its own, gradients in place, and a copy on the same device. */
public final class OptimizerBench {
  /** Floats that a robust step must move for a parameter: 1 scan, 12 filter, 6 update. */
  private static final int BYTES_OF_A_STEP = 20 * Float.BYTES;

  private static final int COPY_SIZE = 20_000_000;

  private OptimizerBench() {}

  /** The kernel of the copy. */
  static void copy(FloatArray from, FloatArray to, int n) {
    for (@Parallel int i = 0; i < n; i++) {
      to.set(i, from.get(i));
    }
  }

  /** Runs and prints. */
  public static void run(Devices.Entry device, int[] sizes, PrintWriter out) {
    ArturoConfig config = Experiments.find("fmnist_cnn").optimizer();
    double bandwidth = copyBandwidth(device);
    out.printf(Locale.ROOT, "%s: a copy moves %.1f GB/s%n", device.name(), bandwidth);
    out.println("parameters    mode     bound    ms/step     GB/s   of copy");
    for (int n : sizes) {
      for (Mode mode : Mode.values()) {
        for (double bound : new double[] {config.klBound(), config.klBound() * 0.006}) {
          double seconds = step(device, config, mode, n, bound);
          double rate = (double) n * BYTES_OF_A_STEP / seconds * 1e-9;
          out.printf(
              Locale.ROOT,
              "%10d  %6s  %8.2g  %9.3f  %7.1f  %7.0f%%%n",
              n, mode.name().toLowerCase(Locale.ROOT), bound, seconds * 1e3, rate, 100 * rate / bandwidth);
          out.flush();
        }
      }
    }
    out.println("GB/s: 80 bytes a parameter, what a robust step must move; paper moves more.");
    out.flush();
  }

  private static double step(Devices.Entry device, ArturoConfig config, Mode mode, int n, double bound) {
    SplittableRandom random = new SplittableRandom(42);
    float[] initial = new float[n];
    float[] gradient = new float[n];
    for (int i = 0; i < n; i++) {
      initial[i] = (float) random.nextDouble(-0.1, 0.1);
      gradient[i] = (float) (0.01 * random.nextGaussian());
    }
    Arturo arturo = new Arturo(config.hyperparameters(), mode);
    try (OptimizerPlan plan = new OptimizerPlan(arturo, initial, device.device(), false)) {
      arturo.reporting(false);
      plan.step(gradient, bound);
      return Timing.median(30, 21, () -> plan.step(bound));
    }
  }

  private static double copyBandwidth(Devices.Entry device) {
    FloatArray from = new FloatArray(COPY_SIZE);
    FloatArray to = new FloatArray(COPY_SIZE);
    from.init(1f);
    KernelGraph graph = new KernelGraph("copy", device.device()).once(from).result(to);
    String task = graph.task("copy");
    graph.add(g -> g.task(task, OptimizerBench::copy, from, to, COPY_SIZE));
    try (TornadoExecutionPlan plan = KernelGraph.plan(graph)) {
      return 2.0 * COPY_SIZE * Float.BYTES / Timing.median(30, 21, () -> plan.withGraph(0).execute()) * 1e-9;
    } catch (TornadoExecutionPlanException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
