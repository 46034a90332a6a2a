// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.bench.CopySpeed;
import io.github.arturo4j.host.bench.EpochSpeed;
import io.github.arturo4j.host.bench.OptimizerSpeed;
import io.github.arturo4j.host.doctor.CheckResult;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The tables of a report; of what was not measured there are none. */
final class Sections {
  private final BenchReport report;

  private Sections(BenchReport report) {
    this.report = report;
  }

  /** Those of a report, in their order. */
  static List<Section> of(BenchReport report) {
    Sections sections = new Sections(report);
    LayerSections layers = new LayerSections(report.limits());
    return Stream.of(
            Stream.of(sections.limits(), sections.machine(), sections.failures(), sections.doctor(), sections.copies()),
            Stream.of(layers.products(report.products()), layers.ways(report)),
            Stream.of(layers.convolutions(report.convolutions()), sections.optimizers()),
            StepSections.of(report.steps()).stream(),
            Stream.of(sections.epochs(), sections.parts()))
        .flatMap(each -> each)
        .filter(Objects::nonNull)
        .filter(section -> !section.rows().isEmpty())
        .toList();
  }

  private Section limits() {
    Limits limits = report.limits();
    Section.Builder table = new Section.Builder("", "Limits").columns("what", "measured", "data sheet").shares("share");
    table.row(
        "a copy within the device, GB/s", Words.number(limits.copyGigabytesPerSecond()), Words.number(limits.dataSheetGigabytesPerSecond()),
        Words.share(limits.copyGigabytesPerSecond(), limits.dataSheetGigabytesPerSecond()));
    table.row(
        "the fastest product, GFLOP/s", Words.number(limits.productGigaflopsPerSecond()),
        Words.number(limits.dataSheetGigaflopsPerSecond()),
        Words.share(limits.productGigaflopsPerSecond(), limits.dataSheetGigaflopsPerSecond()));
    table.row("a launch, µs", Words.number(limits.launchMicroseconds()), Words.UNKNOWN, Words.UNKNOWN);
    if (limits.product() != null) {
      table.note("The fastest product: " + limits.product() + ".");
    }
    table.note(
        limits.dataSheet() == null
            ? "No data sheet of this device is known; shares below are of what was measured."
            : "Data sheet: " + limits.dataSheet() + ", 32-bit floats.");
    return table.build();
  }

  private Section machine() {
    Machine machine = report.machine();
    Machine.Device device = machine.device();
    Section.Builder table = new Section.Builder("", "What it ran on").columns("what").texts("is");
    table.row("device", device.id() + ", " + device.name());
    table.row("backend", device.backend() + ", " + device.platform() + ", " + device.type());
    table.row("driver", device.driver().isEmpty() ? Words.UNKNOWN : String.join("; ", device.driver()));
    table.row("memory", Words.gibibytes(device.memoryBytes()));
    table.row("compute units", device.computeUnits() == null ? Words.UNKNOWN : device.computeUnits().toString());
    table.row("products", device.products());
    table.row("kernels", device.kernels() + (device.cudaGraphs() ? ", CUDA graphs" : ""));
    table.row("TornadoVM", machine.tornadovm());
    table.row("SDK", machine.sdk() == null ? Words.UNKNOWN : machine.sdk());
    table.row("arturo4j", machine.arturo4j());
    table.row("JDK", machine.java() + ", " + machine.vm());
    table.row("system", machine.os());
    table.row("processor", machine.cpu() + ", " + machine.processors() + " used");
    table.row("host's memory", Words.gibibytes(machine.memoryBytes()));
    table.row("PyTorch", report.pytorch() == null ? Words.UNKNOWN : report.pytorch());
    report.warnings().forEach(warning -> table.row("warning", warning));
    return table.build();
  }

  private Section failures() {
    Section.Builder table = new Section.Builder("", "Failures").columns("part").texts("what", "why");
    report.failures().forEach(failure -> table.row(failure.part(), failure.item(), failure.message()));
    return table.build();
  }

  private Section doctor() {
    Section.Builder table = new Section.Builder("doctor", "Doctor").columns("check", "result", "s").fold();
    for (CheckResult check : report.checks()) {
      table.row(check.name(), check.faults().isEmpty() ? "ok" : Words.count(check.faults().size(), "fault"), Words.number(check.seconds()));
    }
    long right = report.checks().stream().filter(check -> check.faults().isEmpty()).count();
    int leftOut = report.parts().stream().filter(part -> part.name().equals("doctor")).mapToInt(part -> part.leftOut().size()).sum();
    String rest = leftOut == 0 ? "" : "; " + leftOut + " left out for want of time";
    return table.note(right + " of " + Words.count(report.checks().size(), "check") + " right" + rest + ".").build();
  }

  private Section copies() {
    Section.Builder table =
        new Section.Builder("copies", "Copies").columns("copy", "MB", "ms", "spread", "runs", "GB/s").shares("of a copy within");
    for (CopySpeed copy : report.copies()) {
      table.row(
          copy.what(), Words.number(copy.bytes() * 1e-6), Words.millis(copy.times().medianSeconds()), Words.spread(copy.times()),
          Integer.toString(copy.times().runs()), Words.number(copy.gigabytesPerSecond()),
          Words.share(copy.gigabytesPerSecond(), report.limits().copyGigabytesPerSecond()));
    }
    return table.build();
  }

  private Section optimizers() {
    Section.Builder table =
        new Section.Builder("optimizers", "Optimizers")
            .columns("optimizer", "rate", "parameters", "ms", "spread", "bytes a parameter", "GB/s")
            .shares("of a copy")
            .columns("PyTorch ms", "PyTorch by ours");
    for (OptimizerSpeed speed : report.optimizers()) {
      table.row(
          speed.optimizer(), Words.rate(speed.rate()), Integer.toString(speed.parameters()),
          Words.millis(speed.times().medianSeconds()), Words.spread(speed.times()), Integer.toString(speed.bytesPerParameter()),
          Words.number(speed.gigabytesPerSecond()), Words.share(speed.gigabytesPerSecond(), report.limits().copyGigabytesPerSecond()),
          Words.millis(speed.pytorchSeconds()), Words.number(speed.pytorchByOurs()));
    }
    return table.note("Bytes: what a step must move for a parameter; arTuRO's paper mode moves more.").build();
  }

  private Section epochs() {
    Section.Builder table =
        new Section.Builder("epoch", "Epoch")
            .columns("network", "optimizer", "images", "s", "network s", "optimizer s", "images/s", "PyTorch s", "PyTorch by ours");
    for (EpochSpeed epoch : report.epochs()) {
      table.row(
          epoch.model(), epoch.optimizer(), Integer.toString(epoch.images()), Words.number(epoch.seconds()),
          Words.number(epoch.networkSeconds()), Words.number(epoch.optimizerSeconds()), Words.number(epoch.imagesPerSecond()),
          Words.number(epoch.pytorchSeconds()), Words.number(epoch.pytorchByOurs()));
    }
    return table.note("Training steps of random images, without evaluations; the second epoch, as compilation is in the first.").build();
  }

  private Section parts() {
    Section.Builder table = new Section.Builder("", "Time").columns("part", "s").texts("left out for want of time");
    for (PartResult part : report.parts()) {
      table.row(part.name(), Words.number(part.seconds()), part.leftOut().isEmpty() ? "nothing" : String.join("; ", part.leftOut()));
    }
    return table.note("Of at most " + Words.number(report.minutes() * 60) + " s.").build();
  }
}
