// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.bench.DeviceRates;
import io.github.arturo4j.host.bench.LayerCase;
import io.github.arturo4j.host.bench.LayerCases;
import io.github.arturo4j.host.bench.OptimizerBench;
import io.github.arturo4j.host.bench.StepCase;
import io.github.arturo4j.host.doctor.Check;
import io.github.arturo4j.host.doctor.Doctor;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a report measures, each list in the order in which it is measured: what matters most first, as there may be no time for the end.
 *
 * @param checks doctor's
 * @param copySize floats of a copy
 * @param products of matrices, the large one first
 * @param convolutions with their gradients
 * @param optimizers alone
 * @param parameters that these train
 * @param steps of trainings
 * @param images of an epoch, at most
 * @param seconds for each measurement, at most
 */
record Workload(
    List<Check> checks, int copySize, List<LayerCase> products, List<LayerCase> convolutions, List<OptimizerConfig> optimizers,
    int parameters, List<StepCase> steps, int images, double seconds) {
  private static final int BATCH = 255;
  private static final int TOKENS = 32 * 128;
  private static final int PARAMETERS = 5_000_000;
  private static final int IMAGES = 60_000;
  private static final String PAPER = "fmnist_cnn";

  /** All of it, for a device. */
  static Workload full(Devices.Entry device) {
    return new Workload(
        Doctor.checks(device, true), DeviceRates.COPY_SIZE, LayerCases.products(BATCH, TOKENS), LayerCases.convolutions(BATCH), each(),
        PARAMETERS, steps(device.traits().cudaGraphs()), IMAGES, Double.POSITIVE_INFINITY);
  }

  /** Each once, then arTuRO in its other mode and at its other bound. */
  private static List<OptimizerConfig> each() {
    List<OptimizerConfig> all = OptimizerBench.configurations();
    Set<String> seen = new HashSet<>();
    List<OptimizerConfig> first =
        all.stream()
            .filter(config -> !(config instanceof ArturoHyperparameters arturo) || arturo.mode() == Mode.ROBUST)
            .filter(config -> seen.add(config.name()))
            .toList();
    return Stream.concat(first.stream(), all.stream().filter(config -> !first.contains(config))).toList();
  }

  private static List<StepCase> steps(boolean replays) {
    List<StepCase> steps = new ArrayList<>();
    StepCase paper = step(PAPER, "arturo");
    StepCase residual = step("fmnist_resnet18", "arturo");
    steps.add(paper);
    steps.add(new StepCase(ModelZoo.create("mlp"), new CrossEntropy(), optimizer("arturo"), BATCH));
    steps.add(residual);
    steps.add(step("text_gpt", "adamw"));
    if (replays) {
      steps.add(paper.replays());
      steps.add(residual.replays());
    }
    steps.add(step(PAPER, "adam"));
    steps.add(step("fmnist_resnet18", "sgd"));
    return steps;
  }

  private static StepCase step(String name, String optimizer) {
    Experiment experiment = Experiments.find(name);
    return new StepCase(experiment.network(), experiment.objective().loss(), optimizer(optimizer), experiment.batchSize());
  }

  /** Set as for fmnist_cnn. */
  private static OptimizerConfig optimizer(String name) {
    return Experiments.find(PAPER, name).optimizer();
  }
}
