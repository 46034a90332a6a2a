// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.config.ArturoConfig;
import io.github.arturo4j.host.config.Experiment;
import io.github.arturo4j.host.config.Experiments;
import io.github.arturo4j.host.config.OptimizerConfig;
import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerPlan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Times an optimizer step on its own, gradients in place, and a copy on the same device. */
public final class OptimizerBench {
  private OptimizerBench() {}

  /** Runs and prints. */
  public static void run(Devices.Entry device, int[] sizes, PrintWriter out) {
    double bandwidth = DeviceRates.copyBandwidth(device);
    out.printf(Locale.ROOT, "%s: a copy moves %.1f GB/s%n", device.name(), bandwidth);
    out.println("parameters  optimizer            rate    ms/step   bytes     GB/s   of copy");
    for (int n : sizes) {
      for (OptimizerConfig config : configurations()) {
        Optimizer optimizer = config.create();
        double seconds = step(device, optimizer, n, config.initialRate());
        double speed = (double) n * optimizer.bytesPerParameter() / seconds * 1e-9;
        out.printf(
            Locale.ROOT,
            "%10d  %-15s  %8.2g  %9.3f  %6d  %7.1f  %7.0f%%%n",
            n,
            config.label(),
            config.initialRate(),
            seconds * 1e3,
            optimizer.bytesPerParameter(),
            speed,
            100 * speed / bandwidth);
        out.flush();
      }
    }
    out.println("bytes: what a step must move for a parameter; arTuRO's paper mode moves more.");
    out.flush();
  }

  /** Every optimizer of fmnist_cnn; arTuRO, whose time depends on them, in both modes and at its first two bounds. */
  private static List<OptimizerConfig> configurations() {
    List<OptimizerConfig> all = new ArrayList<>();
    for (String name : OptimizerConfig.names()) {
      Experiment experiment = Experiments.find("fmnist_cnn", name);
      if (experiment.optimizer() instanceof ArturoConfig arturo) {
        double later = arturo.klBound() * experiment.schedule().factor();
        for (ArturoConfig.Mode mode : ArturoConfig.Mode.values()) {
          all.add(arturo.withMode(mode));
          all.add(arturo.withMode(mode).withInitialRate(later));
        }
      } else {
        all.add(experiment.optimizer());
      }
    }
    return all;
  }

  private static double step(Devices.Entry device, Optimizer optimizer, int n, double rate) {
    SplittableRandom random = new SplittableRandom(42);
    float[] initial = new float[n];
    float[] gradient = new float[n];
    for (int i = 0; i < n; i++) {
      initial[i] = (float) random.nextDouble(-0.1, 0.1);
      gradient[i] = (float) (0.01 * random.nextGaussian());
    }
    try (OptimizerPlan plan = new OptimizerPlan(optimizer, initial, device.device(), false)) {
      optimizer.reporting(false);
      plan.step(gradient, rate);
      return Timing.median(30, 21, () -> plan.step(rate));
    }
  }
}
