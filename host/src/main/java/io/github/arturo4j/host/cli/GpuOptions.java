// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.profile.Gpu;
import io.github.arturo4j.host.profile.Gpus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options on the GPUs that are predicted. */
final class GpuOptions {
  private static final String ALL = "all";

  @Option(
      names = "--gpu",
      paramLabel = "NAME",
      split = ",",
      description = "Predict a step on this GPU: h100, a100, rtx4090 or mi300x, of whose data sheets the numbers are; several are"
          + " compared, and so are all.")
  List<String> names = new ArrayList<>();

  @Option(names = "--processors", paramLabel = "N", description = "The GPU's multiprocessors or compute units, in place of its own.")
  Integer processors;

  @Option(names = "--clock", paramLabel = "GHz", description = "The GPU's clock, in place of the highest of its data sheet.")
  Double clock;

  @Option(names = "--bandwidth", paramLabel = "GB/s", description = "The bandwidth of the GPU's memory, in place of its own.")
  Double bandwidth;

  @Option(names = "--launch", paramLabel = "µs", description = "What a launch costs (default: 3).")
  Double launch;

  @Option(
      names = "--winograd",
      description = "Predict convolutions of 3×3 kernels by Winograd's smaller products where that comes out faster.")
  boolean winograd;

  /** The GPUs that are asked for, as they are changed; none without {@code --gpu}. */
  List<Gpu> find() {
    String change =
        Stream.of(
                processors == null ? null : "--processors " + processors, clock == null ? null : "--clock " + clock,
                bandwidth == null ? null : "--bandwidth " + bandwidth, launch == null ? null : "--launch " + launch)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (names.isEmpty() && winograd) {
      throw new UsageException("--winograd is for a GPU that is predicted; name it with --gpu, or see what tune-device measures here");
    }
    if (names.isEmpty() && change != null) {
      throw new UsageException(change + " changes a GPU that is predicted; name it with --gpu, or leave it out");
    }
    try {
      List<Gpu> gpus = named();
      if (gpus.size() > 1 && change != null) {
        throw new UsageException(change + " changes one GPU, and " + gpus.size() + " are asked for; name one with --gpu");
      }
      return gpus.stream().map(this::changed).toList();
    } catch (IllegalArgumentException e) {
      throw e instanceof UsageException ? e : new UsageException(e.getMessage(), e);
    }
  }

  private List<Gpu> named() {
    Set<Gpu> gpus = new LinkedHashSet<>();
    for (String name : names) {
      if (name.equals(ALL)) {
        gpus.addAll(Gpus.ALL);
      } else {
        gpus.add(Gpus.find(name));
      }
    }
    return List.copyOf(gpus);
  }

  private Gpu changed(Gpu gpu) {
    Gpu changed = processors == null ? gpu : gpu.processors(processors);
    changed = clock == null ? changed : changed.clock(clock);
    changed = bandwidth == null ? changed : changed.bandwidth(bandwidth);
    return launch == null ? changed : changed.launch(launch);
  }
}
