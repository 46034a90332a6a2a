// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Times training steps of a network on random examples, apart for the network and for each optimizer. */
public final class StepBench {
  private static final int WARM_UP = 8;

  /** Seconds that the warm-up takes at least: C2 compiles the kernels of a network one after the other. */
  private static final double WARM_UP_SECONDS = 4;

  private static final int STEPS = 15;

  private StepBench() {}

  /**
   * Runs and prints a line for each optimizer and size of micro-batches, and one with the times of {@code peer} if it is
   * not null.
   */
  public static void run(
      Devices.Entry device, Network network, Loss loss, int batchSize, List<Integer> microBatches, List<OptimizerConfig> optimizers,
      PyTorch peer, PrintWriter out) {
    Examples examples = RandomExamples.of(network, loss, 2 * batchSize);
    out.printf(
        Locale.ROOT, "%s: median of %d steps of %s, %,d parameters, batch %d%n", device.name(), STEPS, network,
        network.parameterCount(), batchSize);
    out.print("optimizer         network ms   optimizer ms   step ms examples/s    device MB");
    out.println(peer == null ? "" : "   PyTorch's step by ours");
    for (OptimizerConfig config : optimizers) {
      for (int microBatch : microBatches) {
        time(device, network, loss, config, examples, batchSize, microBatch, peer, out);
      }
    }
  }

  private static void time(
      Devices.Entry device, Network network, Loss loss, OptimizerConfig config, Examples examples, int batchSize,
      int microBatch, PyTorch peer, PrintWriter out) {
    try (TrainingPlan plan =
        TrainingPlan.builder(network, config.create(), examples, device.device())
            .traits(device.traits())
            .loss(loss)
            .initial(network.initialParameters(42))
            .batchSize(batchSize)
            .microBatch(microBatch)
            .seed(42)
            .build()) {
      plan.reporting(false);
      SideBySide times =
          SideBySide.measure(
              () -> medians(plan, batchSize, config.initialRate()),
              peer,
              Work.Training.of(network, config, batchSize, examples.count(), STEPS, Work.Training.Statistic.median));
      print(config.label() + (microBatch < batchSize ? " by " + microBatch : ""), times.ours(), batchSize, out);
      out.printf(Locale.ROOT, " %12.0f%n", plan.deviceBytes() * 1e-6);
      if (peer != null) {
        print("  PyTorch", times.theirs(), batchSize, out);
        out.printf(Locale.ROOT, " %12s %24.2f%n", "", sum(times.theirs()) / sum(times.ours()));
      }
      out.flush();
    }
  }

  private static void print(String what, double[] times, int batchSize, PrintWriter out) {
    double step = sum(times);
    out.printf(
        Locale.ROOT, "%-15s %12.1f %14.1f %9.1f %10.0f", what, times[0] * 1e3, times[1] * 1e3, step * 1e3,
        batchSize / step);
  }

  /** Median seconds of the network and of the optimizer in steps that take turns with two batches. */
  private static double[] medians(TrainingPlan plan, int batchSize, double rate) {
    int[] order = IntStream.range(0, 2 * batchSize).toArray();
    double[] networkTimes = new double[STEPS];
    double[] optimizerTimes = new double[STEPS];
    long start = System.nanoTime();
    for (int step = 0; step < WARM_UP || (System.nanoTime() - start) * 1e-9 < WARM_UP_SECONDS; step++) {
      plan.step(order, (step & 1) * batchSize, batchSize, rate);
    }
    for (int step = 0; step < STEPS; step++) {
      double network0 = plan.networkSeconds();
      double optimizer0 = plan.optimizerSeconds();
      plan.step(order, (step & 1) * batchSize, batchSize, rate);
      networkTimes[step] = plan.networkSeconds() - network0;
      optimizerTimes[step] = plan.optimizerSeconds() - optimizer0;
    }
    return new double[] {Timing.median(networkTimes), Timing.median(optimizerTimes)};
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
