// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.bench.report.BenchReport;
import io.github.arturo4j.host.bench.report.ReportFolder;
import io.github.arturo4j.host.bench.report.ReportRun;
import io.github.arturo4j.host.bench.report.TextReport;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.kernels.device.Devices;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code arturo bench report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Measures all of a device in ten minutes: doctor, copies, products, convolutions, optimizers, steps and an epoch.",
      "Writes report.json, report.md and report.html after each part; what fails is told there, and the rest goes on."
    })
final class BenchReportCommand implements Callable<Integer> {
  private static final double MAX_MINUTES = 24 * 60;
  private static final int NAME = 40;

  @Mixin KernelOptions options;

  @Mixin PyTorchOption pytorch;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "Time for all of it: on a slow device there are fewer repetitions, and what there is no time for is left out (default:"
          + " ${DEFAULT-VALUE}).")
  double minutes;

  @Option(names = "--out", paramLabel = "DIR", description = "The folder, a new or an empty one (default: runs/report-DEVICE-TIME).")
  Path out;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (!(minutes > 0 && minutes <= MAX_MINUTES)) {
      throw new UsageException("--minutes is " + minutes + "; it must be above 0 and at most " + (int) MAX_MINUTES);
    }
    Devices.Entry device = options.findDevice();
    Path path = out == null ? folder(device) : out;
    PrintWriter console = spec.commandLine().getOut();
    try (ReportFolder folder = Failures.usage(() -> ReportFolder.create(path))) {
      console.printf(Locale.ROOT, "Measuring %s for at most %s minutes, into %s%n", device.name(), minutes, path);
      ReportRun.Settings settings = new ReportRun.Settings(minutes, pytorch.python, OptionWords.commandLine(spec));
      BenchReport report =
          new ReportRun(device, settings, Failures::line)
              .make(
                  soFar -> {
                    folder.write(soFar);
                    console.print(TextReport.ofLastPart(soFar));
                    console.flush();
                  });
      console.printf("%nReport: %s%n", path.resolve("report.html"));
      console.flush();
      int failures = report.failures().size();
      if (failures > 0) {
        throw new OperationException(
            failures + (failures == 1 ? " measurement" : " measurements") + " failed, first: " + report.failures().getFirst()
                + "; '" + path.resolve("report.md") + "' has all of them, and what could be measured");
      }
    }
    return ExitCode.OK;
  }

  private static Path folder(Devices.Entry device) {
    String name = device.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    return Path.of("runs", "report-" + name.substring(0, Math.min(NAME, name.length())) + "-" + time);
  }
}
