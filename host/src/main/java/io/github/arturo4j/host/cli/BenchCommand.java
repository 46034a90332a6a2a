// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.bench.EpochBench;
import io.github.arturo4j.host.bench.GemmBench;
import io.github.arturo4j.host.bench.LoopBench;
import io.github.arturo4j.host.bench.ModelBench;
import io.github.arturo4j.host.bench.OptimizerBench;
import io.github.arturo4j.host.config.Experiment;
import io.github.arturo4j.host.config.Experiments;
import io.github.arturo4j.host.profile.DeviceModel;
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
    synopsisSubcommandLabel = "(loops | optimizer | gemm | epoch | model)")
final class BenchCommand {
  @Spec CommandSpec spec;

  @Command(
      name = "loops",
      mixinStandardHelpOptions = true,
      description = "Time of loop kernels, beside the same loops over bare arrays in plain Java.")
  int loops(@Mixin DataOptions options) {
    LoopBench.run(options.findDevice(), spec.commandLine().getOut());
    return 0;
  }

  @Command(
      name = "optimizer",
      mixinStandardHelpOptions = true,
      description = "Time and bandwidth of an optimizer step, beside the bandwidth of a copy.")
  int optimizer(
      @Mixin DataOptions options,
      @Option(names = "--parameters", paramLabel = "N", split = ",", defaultValue = "390410,5000000",
          description = "Numbers of parameters (default: ${DEFAULT-VALUE}).") int[] sizes) {
    OptimizerBench.run(options.findDevice(), sizes, spec.commandLine().getOut());
    return 0;
  }

  @Command(
      name = "gemm",
      mixinStandardHelpOptions = true,
      description = "GFLOP/s of the layers of fmnist_cnn, beside a large matrix product.")
  int gemm(@Mixin DataOptions options) {
    GemmBench.run(options.findDevice(), spec.commandLine().getOut());
    return 0;
  }

  @Command(
      name = "epoch",
      mixinStandardHelpOptions = true,
      description = "Time of the training part of an epoch of fmnist_cnn, 60,000 images.")
  int epoch(@Mixin DataOptions options) {
    EpochBench.run(options.findDevice(), options.data, spec.commandLine().getOut());
    return 0;
  }

  @Command(
      name = "model",
      mixinStandardHelpOptions = true,
      description = {
        "Launches, operations and bytes of a training step, the time they should take, and the time they take.",
        "With --bandwidth, --peak and --launch: what another device should take, a prediction alone."
      })
  int model(
      @Mixin DeviceOption device,
      @Parameters(paramLabel = "EXPERIMENT", arity = "0..1", defaultValue = "fmnist_cnn",
          description = "A built-in experiment or a YAML file (default: ${DEFAULT-VALUE}).") String name,
      @Option(names = "--bandwidth", paramLabel = "GB/s", description = "The device's memory bandwidth.")
          Double bandwidth,
      @Option(names = "--peak", paramLabel = "GFLOP/s", description = "The device's arithmetic in float.") Double peak,
      @Option(names = "--launch", paramLabel = "µs", description = "What a launch costs on the device.")
          Double launch) {
    Experiment experiment;
    DeviceModel other = null;
    try {
      experiment = Experiments.find(name);
      if (bandwidth != null && peak != null && launch != null) {
        other = new DeviceModel(bandwidth, peak, launch);
      } else if (bandwidth != null || peak != null || launch != null) {
        throw new IllegalArgumentException(
            "--bandwidth, --peak and --launch describe a device together; give all three or none");
      }
    } catch (IllegalArgumentException e) {
      throw new Failures.UsageException(e.getMessage(), e);
    }
    if (other == null) {
      ModelBench.run(device.find(), experiment, spec.commandLine().getOut());
    } else {
      ModelBench.predict(device.find(), experiment, other, spec.commandLine().getOut());
    }
    return 0;
  }
}
