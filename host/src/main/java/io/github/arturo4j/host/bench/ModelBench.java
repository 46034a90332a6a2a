// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.profile.CostTable;
import io.github.arturo4j.host.profile.DeviceModel;
import io.github.arturo4j.host.profile.ProfileSummary;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.inspect.StepProfile;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.plan.StepTasks;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Counts what a training step of an experiment costs, and sets what it predicts beside what is measured. */
public final class ModelBench {
  private static final int MAX_STEPS = 80;
  private static final int MIN_PROFILES = 3;
  private static final double LONG_ENOUGH = 15;

  private ModelBench() {}

  /**
   * Measures what the device can do at best, makes some steps on it, and prints both.
   *
   * @param experiment {@linkplain Experiment#resolved resolved} for the data
   * @param network the experiment's for the data
   */
  public static void run(Devices.Entry device, Experiment experiment, Network network, PrintWriter out) {
    DeviceModel model = DeviceRates.measure(device);
    out.printf(
        Locale.ROOT, "%s, %s: a copy moves %.1f GB/s, a product of 1024×1024 matrices makes %.1f GFLOP/s, a launch takes"
            + " %.1f µs%n",
        experiment.name(), device.name(), model.bandwidth(), model.peak(), model.launch());
    out.flush();
    try (TrainingPlan plan =
        experiment.plan(network, examples(network, experiment), device.device()).traits(device.traits()).build()) {
      List<StepProfile> profiles = new ArrayList<>();
      plan.profile(profiles::add);
      plan.reporting(false);
      int[] order = IntStream.range(0, experiment.batchSize()).toArray();
      long start = System.nanoTime();
      for (int step = 0; step < MAX_STEPS; step++) {
        plan.step(order, 0, order.length, experiment.optimizer().initialRate());
        if (profiles.size() >= MIN_PROFILES && (System.nanoTime() - start) * 1e-9 > LONG_ENOUGH) {
          break;
        }
      }
      if (profiles.isEmpty()) {
        throw new OperationException(device.name() + " does not tell the times of its kernels; give --bandwidth,"
            + " --peak and --launch for a prediction alone");
      }
      ProfileSummary measured = ProfileSummary.of(plan.tasks(), profiles);
      CostTable.lines(plan.tasks(), order.length, model, measured).forEach(out::println);
    }
    out.println("predicted: the longer of bytes at the copy's speed and operations at the product's, and a launch");
    out.flush();
  }

  /**
   * Prints what a device of that description is predicted to take.
   *
   * @param device whose tasks it would run, if the shape is its own
   * @param shape of the tasks
   * @param experiment {@linkplain Experiment#resolved resolved} for the data
   * @param network the experiment's for the data
   */
  public static void predict(
      Devices.Entry device, KernelShape shape, Experiment experiment, Network network, DeviceModel model, PrintWriter out) {
    String tasks =
        shape == DeviceTraits.of(device.device()).shape()
            ? device.name() + " would run"
            : "a device of the shape " + shape.name().toLowerCase(Locale.ROOT) + " would run";
    out.printf(
        Locale.ROOT, "%s: a PREDICTION for a device of %.1f GB/s, %.1f GFLOP/s and %.1f µs a launch, with the tasks that"
            + " %s; nothing was measured%n",
        experiment.name(), model.bandwidth(), model.peak(), model.launch(), tasks);
    List<GraphTask> step =
        StepTasks.of(
            network, experiment.optimizer(network), examples(network, experiment), experiment.preprocessing(),
            experiment.objective().loss(), experiment.batchSize(), device.device(), DeviceTraits.of(device.device()).in(shape));
    CostTable.lines(step, experiment.batchSize(), model, null).forEach(out::println);
    out.flush();
  }

  private static Examples examples(Network network, Experiment experiment) {
    return RandomExamples.of(network, experiment.objective().loss(), experiment.batchSize());
  }
}
