// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.dataset.TargetKind;
import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.predict.Draws;
import io.github.arturo4j.host.run.PosteriorFit;
import io.github.arturo4j.host.train.DataSource;
import io.github.arturo4j.host.uncertainty.Assessment;
import io.github.arturo4j.host.uncertainty.AssessmentTable;
import io.github.arturo4j.host.uncertainty.CalibrationPage;
import io.github.arturo4j.host.uncertainty.RunAssessments;
import io.github.arturo4j.host.uncertainty.TemperatureFit;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.data.Examples;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of an evaluation on whether a run knows what it does not know. */
final class UncertaintyOptions {
  @Mixin SampleOptions samples;

  @Option(
      names = "--fit-temperature",
      description = "Find the temperature of the posterior that predicts the run's validation examples best, and keep it in the run"
              + " folder.")
  boolean fit;

  @Option(
      names = "--calibration",
      description = "Print NLL, Brier score, calibration error and, of images, how well noise and rotated images are detected: of"
              + " the weights as they are, of samples of their posterior, with --mc-dropout of dropout, and of the ensemble of all"
              + " RUNs.")
  boolean calibration;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "With --calibration: write table and reliability diagram as a page (HTML) to FILE.")
  Path report;

  /** Whether any is given. */
  boolean given() {
    return samples.given() || samples.temperature != null || fit || calibration || report != null;
  }

  /** Throws if the options do not go together, or with what is evaluated. */
  void check(DataSchema schema, boolean ensemble) {
    samples.check();
    if (report != null && !calibration) {
      throw new UsageException("--report is of --calibration; give both");
    }
    if (samples.temperature != null && (fit || !calibration && (samples.dropout || samples.samples == null))) {
      throw new UsageException(
          fit
              ? "--posterior-temperature gives what --fit-temperature finds; leave one out"
              : "--posterior-temperature is of the posterior's samples; give --samples, too, without --mc-dropout");
    }
    if (calibration && schema.targets() != TargetKind.classes) {
      throw new UsageException("--calibration is of classes, and the run predicts " + schema.targets() + "; leave it out");
    }
    if ((samples.given() || ensemble) && schema.targets() == TargetKind.positions) {
      throw new UsageException(
          "means of predictions are of examples with a class or values each, and the run predicts " + schema.outputWords()
              + " at each position; evaluate one RUN, without --samples and --mc-dropout");
    }
    Path folder = report == null ? null : report.toAbsolutePath().getParent();
    if (report != null && (Files.isDirectory(report) || !Files.isDirectory(folder))) {
      throw new UsageException(
          "--report '" + report + "': " + (Files.isDirectory(report) ? "it is a folder" : "there is no folder '" + folder + "'")
              + "; name a file in a folder that is there");
    }
  }

  /** Fits the temperatures of runs, and tells them. */
  void fit(List<Path> runs, DataSource source, Devices.Entry device, PrintWriter out) {
    for (Path run : runs) {
      PosteriorFit found = TemperatureFit.of(run, samples.seed, source, device);
      found.write(run);
      out.println(
          String.format(
              Locale.ROOT, "Temperature of '%s': %.3g, loss %.4f of %,d validation examples, means of %d samples; kept in the run",
              run, found.temperature(), found.loss(), found.examples(), found.samples()));
      out.flush();
    }
  }

  /**
   * Assesses runs, and prints and writes the result.
   *
   * @param what they are measured on, a sentence
   */
  void assess(List<Path> runs, Examples test, String what, DataSource source, Devices.Entry device, PrintWriter out) {
    Draws draws = new Draws(Draws.Source.POSTERIOR, samples.count(), samples.seed, samples.temperature);
    List<Assessment> all = new RunAssessments(draws, samples.dropout, source, device).of(runs, test);
    out.println(what);
    AssessmentTable.of(all).lines().forEach(out::println);
    if (report != null) {
      write(CalibrationPage.of("Calibration", what, all));
      out.println("Report: " + report);
    }
    out.flush();
  }

  private void write(String page) {
    try {
      AtomicFile.write(report, page.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new OperationException("cannot write '" + report + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
    }
  }
}
