// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.diagnose.Advice;
import io.github.arturo4j.host.diagnose.DiagnosticsPage;
import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.run.Diagnosis;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arturo diagnose}. */
@Command(
    name = "diagnose",
    mixinStandardHelpOptions = true,
    description = "Tells how arTuRO's trust region and filter fared in a run, and what to do about it; writes a page.")
final class DiagnoseCommand implements Callable<Integer> {
  private static final String PAGE = "diagnostics.html";
  private static final String HEADER =
      "group            weights   KL/bound  KL cov/weight        η  innovation  rate (5% 50% 95%)           "
          + "curvature (5% 50% 95%)";

  @Parameters(paramLabel = "RUN", description = "A run folder.")
  Path run;

  @Option(names = "--out", paramLabel = "FILE", description = "The page (default: RUN/" + PAGE + ").")
  Path out;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    RunConfig config = RunReader.config(run);
    List<Diagnosis> rows = RunReader.diagnoses(run);
    if (rows.isEmpty()) {
      throw new InputException(
          "'" + run + "' has no diagnostics.csv, which a training with arturo or adaptive writes after each epoch; it was trained with "
              + config.experiment().optimizer().name() + ": name another run");
    }
    PrintWriter console = spec.commandLine().getOut();
    int last = rows.getLast().epoch();
    console.printf("Epoch %d of %s, in its last step:%n", last, run);
    console.println(HEADER);
    rows.stream().filter(row -> row.epoch() == last).forEach(row -> console.println(line(row)));
    List<String> advice = Advice.of(config.experiment(), RunReader.rows(run), rows);
    advice.forEach(line -> console.println("Advice: " + line));
    Path page = out == null ? run.resolve(PAGE) : out;
    String html =
        DiagnosticsPage.of(
            config.experiment().name() + ": how the optimizer fared", advice, rows,
            RunReader.curvatures(run), RunReader.deviations(run));
    try {
      AtomicFile.write(page, html.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new OperationException("cannot write '" + page + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
    }
    console.println("Page: " + page);
    console.flush();
    return 0;
  }

  private static String line(Diagnosis row) {
    return String.format(
        Locale.ROOT, "%-14s %,9d %10.3f %14.3g %8.3g %11.3g  %8.2g %8.2g %8.2g  %9.2g %9.2g %9.2g", row.group(), row.weights(),
        row.step().klTaken() / row.step().bound(), row.step().klCovariance() / row.weights(), row.step().eta(),
        row.step().innovation(), row.rates().low(), row.rates().median(), row.rates().high(), row.curvatures().low(),
        row.curvatures().median(), row.curvatures().high());
  }
}
