// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.report.Markdown;
import java.util.List;

/** A comparison as a page of GitHub's Markdown. */
final class MarkdownReport {
  private MarkdownReport() {}

  static String of(Comparison comparison) {
    StringBuilder text = new StringBuilder(ResultTable.of(comparison).markdown()).append('\n');
    text.append(Markdown.escape(Wording.what(comparison))).append('\n');
    text.append(Markdown.escape(Wording.table(comparison))).append('\n');
    ResultTable.ofSteps(comparison).ifPresent(
        steps -> text.append('\n').append(steps.markdown()).append('\n').append(Markdown.escape(Wording.steps(comparison))).append('\n'));
    List<Run> failed = comparison.runs(Run.State.FAILED);
    if (!failed.isEmpty()) {
      text.append('\n');
      failed.forEach(run -> text.append("- ").append(Markdown.escape(run.name() + " failed: " + run.failure())).append('\n'));
    }
    return text.append('\n').append(Markdown.code(comparison.command())).append('\n').toString();
  }
}
