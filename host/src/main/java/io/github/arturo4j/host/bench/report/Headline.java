// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import java.util.Optional;

/** What a reader of a report has to know first. */
final class Headline {
  private Headline() {}

  /** Of what it is. */
  static String title(BenchReport report) {
    return "arturo4j on " + report.machine().device().name();
  }

  /** What was measured, when, and by which version. */
  static String what(BenchReport report) {
    Machine machine = report.machine();
    return "What arturo4j " + machine.arturo4j() + " computes on " + machine.device().name() + " (" + machine.device().backend()
        + ", TornadoVM " + machine.tornadovm() + "), and how fast, measured in " + Words.number(report.seconds()) + " s until "
        + report.written() + (report.pytorch() == null ? ". " : ", in turns with " + report.pytorch() + ". ")
        + "Times are medians; the spread is that between their quartiles.";
  }

  /** That it is not whole, or that something failed; nothing if all is well. */
  static Optional<String> notice(BenchReport report) {
    int failures = report.failures().size();
    String failed = failures == 0 ? "" : Words.count(failures, "failure") + ", see below.";
    String partial = report.complete() ? "" : "Not complete: it goes on, or was interrupted. ";
    String notice = (partial + failed).strip();
    return notice.isEmpty() ? Optional.empty() : Optional.of(notice);
  }
}
