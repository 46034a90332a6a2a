// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import java.util.List;

/** A comparison as a page of GitHub's Markdown. */
final class Markdown {
  private Markdown() {}

  static String of(Comparison comparison) {
    StringBuilder text = new StringBuilder(ResultTable.of(comparison).markdown()).append('\n');
    text.append(escape(Wording.what(comparison))).append('\n');
    text.append(escape(Wording.table(comparison))).append('\n');
    List<Run> failed = comparison.runs(Run.State.FAILED);
    if (!failed.isEmpty()) {
      text.append('\n');
      failed.forEach(run -> text.append("- ").append(escape(run.name() + " failed: " + run.failure())).append('\n'));
    }
    text.append("\n`").append(comparison.command().replace("`", "'").replaceAll("\\R", " ")).append("`\n");
    return text.toString();
  }

  /** Text with nothing in it that Markdown or HTML would take for markup, on one line. */
  static String escape(String text) {
    return text.replaceAll("\\R", " ").replaceAll("([\\\\`*_\\[\\]|<>&~#])", "\\\\$1");
  }
}
