// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.schedule.MultiStep;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.OptimizerPlan;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Times an optimizer step on its own, gradients in place, and a copy on the same device. */
public final class OptimizerBench {
  /** Seconds until C2 has compiled all of an optimizer's kernels, on two processors, in a process that has just begun. */
  public static final double WARM_UP = 1;

  private static final int RUNS = 21;

  private OptimizerBench() {}

  /** Runs and prints, with the times of {@code peer} if it is not null. */
  public static void run(Devices.Entry device, int[] sizes, PyTorch peer, PrintWriter out) {
    double bandwidth = DeviceRates.copy(device, DeviceRates.COPY_SIZE, Effort.about(1)).gigabytesPerSecond();
    out.printf(Locale.ROOT, "%s: a copy moves %.1f GB/s%n", device.name(), bandwidth);
    out.print("parameters  optimizer            rate    ms/step   bytes     GB/s   of copy");
    out.println(peer == null ? "" : "   PyTorch ms/step   its time by ours");
    Map<String, String> filters = new LinkedHashMap<>();
    for (int n : sizes) {
      for (OptimizerConfig config : configurations()) {
        OptimizerSpeed speed = measure(device, config, n, SideBySide.ROUNDS, Effort.runs(WARM_UP, RUNS), peer);
        if (speed.filterGigabytesPerSecond() != null) {
          FilterSpeed filter = new FilterSpeed(speed.filterGigabytesPerSecond());
          filters.putIfAbsent(config.label() + n, filter.line(config.label(), n, bandwidth));
        }
        print(speed, bandwidth, out);
      }
    }
    out.println("bytes: what a step must move for a parameter; arTuRO's paper mode moves more.");
    filters.values().forEach(out::println);
    out.flush();
  }

  private static void print(OptimizerSpeed speed, double bandwidth, PrintWriter out) {
    out.printf(
        Locale.ROOT, "%10d  %-15s  %8.2g  %9.3f  %6d  %7.1f  %7.0f%%", speed.parameters(), speed.optimizer(), speed.rate(),
        speed.times().medianSeconds() * 1e3, speed.bytesPerParameter(), speed.gigabytesPerSecond(),
        100 * speed.gigabytesPerSecond() / bandwidth);
    if (speed.pytorchSeconds() != null) {
      out.printf(Locale.ROOT, "  %16.3f  %17.2f", speed.pytorchSeconds() * 1e3, speed.pytorchByOurs());
    }
    out.println();
    out.flush();
  }

  /**
   * Times the steps of an optimizer on its own.
   *
   * @param n parameters
   * @param rounds turns of each side, the faster of which counts
   * @param effort of each turn
   * @param peer null for none
   * @throws PyTorchException if that fails
   */
  public static OptimizerSpeed measure(
      Devices.Entry device, OptimizerConfig config, int n, int rounds, Effort effort, PyTorch peer) {
    Optimizer optimizer = config.create();
    double rate = config.initialRate();
    try (OptimizerPlan plan = plan(device, optimizer, n, rate)) {
      SideBySide times =
          SideBySide.measure(
              rounds, () -> List.of(Timing.measure(effort, () -> plan.step(rate))), peer,
              new Work.OptimizerStep(config, shapes(n), effort.peerRuns(RUNS)));
      Double filter = FilterSpeed.of(plan, rate).map(FilterSpeed::bandwidth).orElse(null);
      return new OptimizerSpeed(
          config.label(), rate, n, optimizer.bytesPerParameter(), times.ours().getFirst(), times.theirs(0), filter);
    }
  }

  /** Every optimizer of fmnist_cnn; arTuRO, whose time depends on them, in both modes and at its first two bounds. */
  public static List<OptimizerConfig> configurations() {
    List<OptimizerConfig> all = new ArrayList<>();
    for (String name : Optimizers.names()) {
      Experiment experiment = Experiments.find("fmnist_cnn", name);
      if (experiment.optimizer() instanceof ArturoHyperparameters arturo) {
        double later = arturo.klBound() * ((MultiStep) experiment.schedule()).factor();
        for (Mode mode : Mode.values()) {
          all.add(arturo.withMode(mode));
          all.add(arturo.withMode(mode).withInitialRate(later));
        }
      } else {
        all.add(experiment.optimizer());
      }
    }
    return all;
  }

  /** A plan that has made a step, with gradients that stay. */
  private static OptimizerPlan plan(Devices.Entry device, Optimizer optimizer, int n, double rate) {
    SplittableRandom random = new SplittableRandom(42);
    float[] initial = new float[n];
    float[] gradient = new float[n];
    for (int i = 0; i < n; i++) {
      initial[i] = (float) random.nextDouble(-0.1, 0.1);
      gradient[i] = (float) (0.01 * random.nextGaussian());
    }
    OptimizerPlan plan = new OptimizerPlan(optimizer, initial, device.device(), false);
    optimizer.reporting(false);
    plan.step(gradient, rate);
    return plan;
  }

  /** The tensors that PyTorch's optimizer gets: those of fmnist_cnn if it has as many parameters, else a single one. */
  private static List<int[]> shapes(int n) {
    Network network = ModelZoo.create("fmnist_cnn");
    return n == network.parameterCount()
        ? network.parameters().stream().map(ParameterSpec::shape).toList()
        : List.of(new int[] {n});
  }
}
