// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The runs of a comparison as comma-separated values (RFC 4180), a row each; fields without a value are empty. */
final class ResultsCsv {
  private static final List<String> COLUMNS =
      List.of(
          "optimizer", "seed", "state", "epochs", "final_test_accuracy", "best_test_accuracy", "best_epoch",
          "final_test_loss", "final_train_accuracy", "final_train_loss", "seconds_per_epoch", "optimizer_share",
          "skipped_steps", "failure");

  private ResultsCsv() {}

  static String of(Comparison comparison) {
    StringBuilder text = new StringBuilder(line(COLUMNS));
    comparison.runs().forEach(run -> text.append(line(row(run))));
    return text.toString();
  }

  private static List<String> row(Run run) {
    if (run.rows().isEmpty()) {
      return List.of(
          run.label(), "" + run.seed(), run.state().toString(), "0", "", "", "", "", "", "", "", "", "", run.failure());
    }
    return List.of(
        run.label(),
        "" + run.seed(),
        run.state().toString(),
        "" + run.last().epoch(),
        number(run.last().testAccuracy()),
        number(run.best().testAccuracy()),
        "" + run.best().epoch(),
        number(run.last().testLoss()),
        number(run.last().trainAccuracy()),
        number(run.last().trainLoss()),
        number(run.secondsPerEpoch()),
        number(run.optimizerShare()),
        "" + run.last().skippedSteps(),
        run.failure());
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
  }

  private static String line(List<String> fields) {
    return fields.stream().map(ResultsCsv::field).collect(Collectors.joining(",", "", "\n"));
  }

  private static String field(String value) {
    return value.matches("(?s).*[\",\r\n].*") ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
