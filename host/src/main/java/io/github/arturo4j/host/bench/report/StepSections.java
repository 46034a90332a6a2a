// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.bench.StepBreakdown;
import io.github.arturo4j.host.bench.StepSpeed;
import java.util.List;

/** The tables of training steps: how long they take, and what of that is the host's. */
final class StepSections {
  private StepSections() {}

  static List<Section> of(List<StepSpeed> steps) {
    return List.of(times(steps), host(steps));
  }

  private static String name(StepSpeed speed) {
    return speed.model() + ", " + speed.optimizer() + (speed.replayed() ? ", replayed" : "");
  }

  private static Section times(List<StepSpeed> steps) {
    Section.Builder table =
        new Section.Builder("steps", "Steps")
            .columns(
                "step", "parameters", "batch", "ms", "spread", "runs", "network ms", "optimizer ms", "examples/s", "predicted ms",
                "measured by predicted", "device MB", "PyTorch ms", "PyTorch by ours");
    for (StepSpeed speed : steps) {
      table.row(
          name(speed), Integer.toString(speed.parameters()), Integer.toString(speed.batchSize()),
          Words.millis(speed.times().medianSeconds()), Words.spread(speed.times()), Integer.toString(speed.times().runs()),
          Words.millis(speed.networkSeconds()), Words.millis(speed.optimizerSeconds()), Words.number(speed.examplesPerSecond()),
          Words.millis(speed.predictedSeconds()), Words.number(speed.measuredByPredicted()), Words.number(speed.deviceBytes() * 1e-6),
          Words.millis(speed.pytorchSeconds()), Words.number(speed.pytorchByOurs()));
    }
    return table
        .note(
            "Predicted, for each kernel: the longer of its bytes at the speed of a copy and its operations at that of the fastest"
                + " product, and a launch.")
        .build();
  }

  private static Section host(List<StepSpeed> steps) {
    Section.Builder table =
        new Section.Builder("steps", "Launches and the host's time of a step")
            .columns("step", "launches", "graphs", "profiled steps", "profiled ms", "kernels ms", "copies ms", "host ms")
            .shares("host, of the step")
            .columns("bytes to the device", "bytes to the host");
    for (StepSpeed speed : steps) {
      StepBreakdown p = speed.profile();
      String none = Words.UNKNOWN;
      table.row(
          name(speed), Integer.toString(speed.launches()), Integer.toString(speed.graphs()), p == null ? "0" : Integer.toString(p.steps()),
          p == null ? none : Words.millis(p.wallSeconds()), p == null ? none : Words.millis(p.kernelSeconds()),
          p == null ? none : Words.millis(p.transferSeconds()), p == null ? none : Words.millis(p.hostSeconds()),
          p == null ? none : Words.share(p.hostSeconds(), p.wallSeconds()), p == null ? none : "%.0f".formatted(p.bytesToDevice()),
          p == null ? none : "%.0f".formatted(p.bytesToHost()));
    }
    return table.note("Host: what of a profiled step is neither a kernel's time nor a copy's. A replayed step cannot be profiled.").build();
  }
}
