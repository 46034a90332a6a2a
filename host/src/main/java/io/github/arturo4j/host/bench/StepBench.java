// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.config.OptimizerConfig;
import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.models.ImageSet;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Shape;
import io.github.arturo4j.models.TrainingPlan;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Times training steps of a network on random images, apart for the network and for each optimizer. */
public final class StepBench {
  private static final int WARM_UP = 8;
  private static final int STEPS = 15;

  private StepBench() {}

  /** Runs and prints a line for each optimizer. */
  public static void run(
      Devices.Entry device, Network network, int batchSize, List<OptimizerConfig> optimizers, PrintWriter out) {
    ImageSet images = random(network, 2 * batchSize);
    out.printf(
        Locale.ROOT, "%s: median of %d steps of %s, %,d parameters, batch %d%n", device.name(), STEPS, network,
        network.parameterCount(), batchSize);
    out.println("optimizer         network ms   optimizer ms   step ms   images/s    device MB");
    for (OptimizerConfig config : optimizers) {
      time(device, network, config, images, batchSize, out);
    }
  }

  private static void time(
      Devices.Entry device, Network network, OptimizerConfig config, ImageSet images, int batchSize,
      PrintWriter out) {
    int[] order = IntStream.range(0, images.count()).toArray();
    double[] networkTimes = new double[STEPS];
    double[] optimizerTimes = new double[STEPS];
    try (TrainingPlan plan =
        new TrainingPlan(
            network, config.create(), images, network.initialParameters(42), batchSize, 42, device.device())) {
      plan.reporting(false);
      for (int step = -WARM_UP; step < STEPS; step++) {
        double network0 = plan.networkSeconds();
        double optimizer0 = plan.optimizerSeconds();
        plan.step(order, (step & 1) * batchSize, batchSize, config.initialRate());
        if (step >= 0) {
          networkTimes[step] = plan.networkSeconds() - network0;
          optimizerTimes[step] = plan.optimizerSeconds() - optimizer0;
        }
      }
      double networkTime = median(networkTimes);
      double optimizerTime = median(optimizerTimes);
      double step = networkTime + optimizerTime;
      out.printf(
          Locale.ROOT, "%-15s %12.1f %14.1f %9.1f %10.0f %12.0f%n", config.label(), networkTime * 1e3,
          optimizerTime * 1e3, step * 1e3, batchSize / step, plan.deviceBytes() * 1e-6);
      out.flush();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static ImageSet random(Network network, int count) {
    SplittableRandom random = new SplittableRandom(1);
    Shape shape = network.input();
    byte[] pixels = new byte[count * shape.size()];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(network.classes());
    }
    return new ImageSet(
        pixels, labels, count, shape.channels(), shape.height(), shape.width(), network.classes());
  }
}
