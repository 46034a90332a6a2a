// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.bench.ConvolutionBench;
import io.github.arturo4j.host.bench.EpochBench;
import io.github.arturo4j.host.bench.GemmBench;
import io.github.arturo4j.host.bench.LoopBench;
import io.github.arturo4j.host.bench.ModelBench;
import io.github.arturo4j.host.bench.OptimizerBench;
import io.github.arturo4j.host.bench.PyTorch;
import io.github.arturo4j.host.bench.StepBench;
import io.github.arturo4j.host.bench.StreamBench;
import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.profile.Gpu;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.models.Network;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arturo bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures speed, beside the limit of the machine.",
    subcommands = BenchReportCommand.class,
    synopsisSubcommandLabel = "(report | loops | optimizer | gemm | convolution | epoch | step | stream | model)")
final class BenchCommand {
  private static final int MAX_PARAMETERS = 1_000_000_000;

  @Spec CommandSpec spec;

  static void checkRange(String option, int value, int max) {
    if (value < 1 || value > max) {
      throw new UsageException(option + " is " + value + "; it must be between 1 and " + max);
    }
  }

  @Command(
      name = "loops",
      mixinStandardHelpOptions = true,
      description = "Time of loop kernels, beside the same loops over bare arrays in plain Java.")
  int loops(@Mixin KernelOptions options) {
    LoopBench.run(options.findDevice(), spec.commandLine().getOut());
    return 0;
  }

  @Command(
      name = "optimizer",
      mixinStandardHelpOptions = true,
      description = "Time and bandwidth of an optimizer step, beside the bandwidth of a copy.")
  int optimizer(
      @Mixin KernelOptions options,
      @Option(names = "--parameters", paramLabel = "N", split = ",", defaultValue = "390410,5000000",
          description = "Numbers of parameters (default: ${DEFAULT-VALUE}).") int[] sizes,
      @Mixin PyTorchOption pytorch) {
    for (int size : sizes) {
      checkRange("--parameters", size, MAX_PARAMETERS);
    }
    PrintWriter out = spec.commandLine().getOut();
    Devices.Entry device = options.findDevice();
    try (PyTorch peer = pytorch.start(device, out)) {
      OptimizerBench.run(device, sizes, peer, out);
    }
    return 0;
  }

  @Command(
      name = "gemm",
      mixinStandardHelpOptions = true,
      description = "GFLOP/s of the layers of fmnist_cnn, beside a large matrix product.")
  int gemm(@Mixin KernelOptions options) {
    GemmBench.run(options.findDevice(), spec.commandLine().getOut());
    return 0;
  }

  @Command(
      name = "convolution",
      mixinStandardHelpOptions = true,
      description = "Time and GFLOP/s of every convolution of the models, forward and backward, beside a large matrix product.")
  int convolution(
      @Mixin KernelOptions options,
      @Option(names = "--batch", paramLabel = "N", defaultValue = "255",
          description = "Images of a batch (default: ${DEFAULT-VALUE}).") int batch,
      @Mixin PyTorchOption pytorch) {
    checkRange("--batch", batch, Experiment.MAX_IMAGES);
    PrintWriter out = spec.commandLine().getOut();
    Devices.Entry device = options.findDevice();
    try (PyTorch peer = pytorch.start(device, out)) {
      ConvolutionBench.run(device, batch, peer, out);
    }
    return 0;
  }

  @Command(
      name = "epoch",
      mixinStandardHelpOptions = true,
      description = "Time of the training part of an epoch of fmnist_cnn, 60,000 images, of one process or of mpirun's ranks.")
  int epoch(@Mixin DataOptions options, @Mixin PyTorchOption pytorch, @Mixin RankOptions ranks) {
    return ranks.runOnEach(
        options,
        (all, out) -> {
          Devices.Entry device = options.findDevice();
          try (PyTorch peer = all.isFirst() ? pytorch.start(device, out) : null) {
            EpochBench.run(device, options.data, peer, all, out);
          }
        });
  }

  @Command(
      name = "step",
      mixinStandardHelpOptions = true,
      description = "Time of a training step on random examples, apart for network and optimizer.")
  int step(
      @Mixin DataOptions options,
      @Option(names = "--model", paramLabel = "EXPERIMENT|NETWORK|RUN", defaultValue = "fmnist_resnet18",
          description = "An experiment's network, built in or of a YAML file, a network's name, or a run folder (default:"
              + " ${DEFAULT-VALUE}).")
          String model,
      @Option(names = "--batch-size", paramLabel = "N",
          description = "Examples of a step (default: the experiment's, or 255).") Integer examples,
      @Option(names = "--micro-batch", paramLabel = "N", split = ",",
          description = "Examples whose gradients are computed at a time; several are compared (default: those of a step).")
          List<Integer> microBatches,
      @Option(names = "--optimizers", paramLabel = "NAME", split = ",", defaultValue = "arturo,sgd",
          description = "The optimizers, set as for fmnist_cnn (default: ${DEFAULT-VALUE}).") List<String> optimizers,
      @Mixin PyTorchOption pytorch) {
    NamedNetwork named = NamedNetwork.find(model, null, null, options.data);
    int batchSize = examples == null ? named.batchSize() : examples;
    checkRange("--batch-size", batchSize, Experiment.MAX_IMAGES);
    List<Integer> micro = microBatches == null ? List.of(batchSize) : microBatches;
    micro.forEach(size -> checkRange("--micro-batch", size, batchSize));
    List<OptimizerConfig> configs;
    try {
      configs = optimizers.stream().map(name -> Experiments.find("fmnist_cnn", name).optimizer()).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    Devices.Entry device = options.findDevice();
    try (PyTorch peer = pytorch.start(device, out)) {
      StepBench.run(device, named.network(), named.loss(), batchSize, micro, configs, peer, out);
    }
    return 0;
  }

  @Command(
      name = "stream",
      mixinStandardHelpOptions = true,
      description = "Time of a training step on pictures in memory, beside pictures that are decoded anew for each step.")
  int stream(
      @Mixin KernelOptions options,
      @Option(names = "--pictures", paramLabel = "N", defaultValue = "1024",
          description = "JPEG files that are written and read (default: ${DEFAULT-VALUE}).") int pictures,
      @Option(names = "--batch-size", paramLabel = "N", defaultValue = "64",
          description = "Pictures of a step (default: ${DEFAULT-VALUE}).") int batchSize) {
    checkRange("--pictures", pictures, Experiment.MAX_IMAGES);
    checkRange("--batch-size", batchSize, pictures);
    try {
      StreamBench.run(options.findDevice(), pictures, batchSize, spec.commandLine().getOut());
    } catch (IOException e) {
      throw new OperationException("cannot write pictures to the folder of temporary files: " + Reason.of(e)
          + "; name another with ARTURO_OPTS=-Djava.io.tmpdir=DIR", e);
    }
    return 0;
  }

  @Command(
      name = "model",
      mixinStandardHelpOptions = true,
      description = {
        "Launches, operations and bytes of a training step, the time they should take, and the time they take.",
        "With --gpu: what they should take on a GPU that need not be there, a prediction alone."
      })
  int model(
      @Mixin DataOptions options,
      @Parameters(paramLabel = "EXPERIMENT", arity = "0..1", defaultValue = "fmnist_cnn",
          description = "A built-in experiment or a YAML file (default: ${DEFAULT-VALUE}).") String name,
      @Mixin GpuOptions gpuOptions) {
    List<Gpu> gpus = gpuOptions.find();
    Experiment experiment;
    Network network;
    try {
      Experiment found = Experiments.find(name);
      DataSchema data = NamedNetwork.schema(found, options.data);
      experiment = found.resolved(data);
      network = experiment.network(data);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    Devices.Entry device = options.findDevice();
    if (gpus.isEmpty()) {
      ModelBench.run(device, experiment, network, out);
    } else {
      ModelBench.predict(device, gpus, gpuOptions.winograd, experiment, network, out);
    }
    return 0;
  }
}
