// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.profile.CostTable;
import io.github.arturo4j.host.profile.DeviceModel;
import io.github.arturo4j.host.profile.Gpu;
import io.github.arturo4j.host.profile.GpuModel;
import io.github.arturo4j.host.profile.ProfileSummary;
import io.github.arturo4j.host.profile.StepPrediction;
import io.github.arturo4j.host.profile.WinogradPrediction;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.inspect.StepProfile;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.plan.NetworkTasks;
import io.github.arturo4j.models.plan.StepTasks;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
        throw new OperationException(device.name() + " does not tell the times of its kernels; --gpu predicts"
            + " those of a GPU");
      }
      ProfileSummary measured = ProfileSummary.of(plan.tasks(), profiles);
      CostTable.lines(plan.tasks(), order.length, model, measured).forEach(out::println);
    }
    out.println("predicted: the longer of bytes at the copy's speed and operations at the product's, and a launch");
    out.flush();
  }

  /**
   * Prints what GPUs are predicted to take: for one, task by task.
   *
   * @param device on which nothing runs, and which need not be a GPU
   * @param gpus at least one
   * @param winograd whether convolutions are computed by Winograd's products where that is predicted to be faster
   * @param experiment {@linkplain Experiment#resolved resolved} for the data
   * @param network the experiment's for the data
   */
  public static void predict(
      Devices.Entry device, List<Gpu> gpus, boolean winograd, Experiment experiment, Network network, PrintWriter out) {
    int images = experiment.batchSize();
    List<StepPrediction> steps =
        gpus.stream().map(gpu -> new StepPrediction(gpu, tasks(device, gpu, winograd, experiment, network), images)).toList();
    out.printf(
        "%s, batch of %d: a PREDICTION for %s; nothing ran there%n", experiment.name(), images,
        gpus.stream().map(Gpu::title).collect(Collectors.joining(", ")));
    if (steps.size() == 1) {
      CostTable.lines(steps.getFirst().tasks(), images, new GpuModel(gpus.getFirst()), null).forEach(out::println);
    }
    StepPrediction.lines(steps).forEach(out::println);
    out.flush();
  }

  /** The step that a GPU would be given. */
  private static List<GraphTask> tasks(Devices.Entry device, Gpu gpu, boolean winograd, Experiment experiment, Network network) {
    DeviceTraits traits = DeviceTraits.of(device.device()).in(KernelShape.GROUPS).processors(gpu.processors());
    ProductCuts cuts =
        winograd
            ? new WinogradPrediction(gpu, device.device(), traits)
                .of(NetworkTasks.products(network, device.device(), experiment.batchSize(), true))
            : ProductCuts.NONE;
    return StepTasks.of(
        network, experiment.optimizer(network), examples(network, experiment), experiment.preprocessing(),
        experiment.objective().loss(), experiment.batchSize(), device.device(), traits.cut(cuts));
  }

  private static Examples examples(Network network, Experiment experiment) {
    return RandomExamples.of(network, experiment.objective().loss(), experiment.batchSize());
  }
}
