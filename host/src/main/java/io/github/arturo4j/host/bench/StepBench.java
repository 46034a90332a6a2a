// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.profile.ProfileSummary;
import io.github.arturo4j.host.profile.TimeModel;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.inspect.StepProfile;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Times training steps of a network on random examples, apart for the network and for each optimizer. */
public final class StepBench {
  /** Seconds that the warm-up takes at least: C2 compiles the kernels of a network one after the other. */
  public static final double WARM_UP = 4;

  private static final int WARM_UP_STEPS = 8;
  private static final int STEPS = 15;

  /** Steps that are profiled at most. */
  private static final int PROFILED = 3;

  /** Of the time for steps that count, those that are profiled take a part in as many at most. */
  private static final int PROFILED_SHARE = 4;

  private static final int SEED = 42;

  private StepBench() {}

  /**
   * Runs and prints a line for each optimizer and size of micro-batches, and one with the times of {@code peer} if it is
   * not null.
   */
  public static void run(
      Devices.Entry device, Network network, Loss loss, int batchSize, List<Integer> microBatches, List<OptimizerConfig> optimizers,
      PyTorch peer, PrintWriter out) {
    out.printf(
        Locale.ROOT, "%s: median of %d steps of %s, %,d parameters, batch %d%n", device.name(), STEPS, network,
        network.parameterCount(), batchSize);
    out.print("optimizer         network ms   optimizer ms   step ms examples/s    device MB  launches   host ms");
    out.println(peer == null ? "" : "   PyTorch's step by ours");
    for (OptimizerConfig config : optimizers) {
      for (int microBatch : microBatches) {
        StepCase step = new StepCase(network, loss, config, batchSize, microBatch, false);
        Effort effort = new Effort(WARM_UP, WARM_UP_STEPS, STEPS, STEPS, 0);
        print(measure(device, step, SideBySide.ROUNDS, effort, null, peer), out);
      }
    }
    out.println("host ms: what of a profiled step is neither a kernel's time nor a copy's");
    out.flush();
  }

  private static void print(StepSpeed speed, PrintWriter out) {
    String name = speed.optimizer() + (speed.microBatch() < speed.batchSize() ? " by " + speed.microBatch() : "");
    double optimizer = speed.optimizerSeconds() == null ? Double.NaN : speed.optimizerSeconds();
    print(name, speed.networkSeconds(), optimizer, speed.batchSize(), out);
    String host = speed.profile() == null ? "" : String.format(Locale.ROOT, "%.2f", speed.profile().hostSeconds() * 1e3);
    out.printf(Locale.ROOT, " %12.0f %9d %9s%n", speed.deviceBytes() * 1e-6, speed.launches(), host);
    if (speed.pytorchSeconds() != null) {
      print("  PyTorch", speed.pytorchNetworkSeconds(), speed.pytorchOptimizerSeconds(), speed.batchSize(), out);
      double ours = speed.networkSeconds() + (Double.isNaN(optimizer) ? 0 : optimizer);
      out.printf(Locale.ROOT, " %32s %24.2f%n", "", speed.pytorchSeconds() / ours);
    }
    out.flush();
  }

  private static void print(String what, double network, double optimizer, int batchSize, PrintWriter out) {
    double step = network + (Double.isNaN(optimizer) ? 0 : optimizer);
    out.printf(
        Locale.ROOT, "%-15s %12.1f %14.1f %9.1f %10.0f", what, network * 1e3, optimizer * 1e3, step * 1e3, batchSize / step);
  }

  /**
   * Times steps that take turns with two batches.
   *
   * @param rounds turns of each side, the faster of which counts
   * @param effort of each turn
   * @param model of the device, for a prediction; null for none
   * @param peer null for none
   * @throws PyTorchException if that fails
   */
  public static StepSpeed measure(Devices.Entry device, StepCase step, int rounds, Effort effort, TimeModel model, PyTorch peer) {
    Network network = step.network();
    OptimizerConfig config = step.optimizer();
    Examples examples = RandomExamples.of(network, step.loss(), 2 * step.batchSize());
    try (TrainingPlan plan =
        TrainingPlan.builder(network, config.create(), examples, device.device())
            .traits(device.traits())
            .loss(step.loss())
            .initial(network.initialParameters(SEED))
            .batchSize(step.batchSize())
            .microBatch(step.microBatch())
            .seed(SEED)
            .build()) {
      plan.reporting(false);
      if (step.replayed()) {
        plan.replayAsCudaGraph();
      }
      Steps steps = new Steps(plan, config.initialRate());
      SideBySide times =
          SideBySide.measure(
              rounds, () -> Timing.collect(effort, steps::make), peer,
              Work.Training.of(
                  network, config, step.batchSize(), examples.count(), effort.peerRuns(STEPS), Work.Training.Statistic.median));
      List<StepProfile> profiles = step.replayed() ? List.of() : steps.profiles(effort.seconds() / PROFILED_SHARE);
      boolean whole = step.microBatch() >= step.batchSize();
      double optimizer = times.ours().get(1).medianSeconds();
      return new StepSpeed(
          network.name(), config.label(), network.parameterCount(), step.batchSize(), step.microBatch(), step.replayed(),
          times.ours().get(2), times.ours().getFirst().medianSeconds(), Double.isNaN(optimizer) ? null : optimizer,
          plan.launches(), plan.graphs(),
          profiles.isEmpty() ? null : StepBreakdown.of(ProfileSummary.of(plan.tasks(), profiles)),
          model == null || !whole ? null : plan.tasks().stream().mapToDouble(model::micros).sum() * 1e-6,
          plan.deviceBytes(), times.theirs(0), times.theirs(1));
    }
  }

  /** The steps of a plan, one after the other. */
  private static final class Steps {
    private final TrainingPlan plan;
    private final double rate;
    private final int[] order;
    private int made;

    Steps(TrainingPlan plan, double rate) {
      this.plan = plan;
      this.rate = rate;
      order = IntStream.range(0, 2 * plan.batchSize()).toArray();
    }

    /** Seconds of the network, of the optimizer, and as the clock has it, of the next one. */
    double[] make() {
      double network = plan.networkSeconds();
      double optimizer = plan.optimizerSeconds();
      long start = System.nanoTime();
      plan.step(order, (made++ & 1) * plan.batchSize(), plan.batchSize(), rate);
      double wall = (System.nanoTime() - start) * 1e-9;
      return new double[] {plan.networkSeconds() - network, plan.optimizerSeconds() - optimizer, wall};
    }

    /** Some steps profiled, one at least; none where the backend does not tell. */
    List<StepProfile> profiles(double seconds) {
      List<StepProfile> profiles = new ArrayList<>();
      plan.profile(profiles::add, 1);
      double spent = 0;
      for (int i = 0; i < PROFILED && (i == 0 || spent < seconds || seconds == 0) && profiles.size() == i; i++) {
        spent += make()[2];
      }
      return profiles;
    }
  }
}
