// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.report;

import java.util.List;

/** GitHub's Markdown. */
public final class Markdown {
  private Markdown() {}

  /** Text with nothing in it that Markdown or HTML would take for markup, on one line. */
  public static String escape(String text) {
    return text.replaceAll("\\R", " ").replaceAll("([\\\\`*_\\[\\]|<>&~#])", "\\\\$1");
  }

  /** A command line, as code. */
  public static String code(String command) {
    return "`" + command.replace("`", "'").replaceAll("\\R", " ") + "`";
  }

  /** The head of a table, its first column to the left and the others to the right. */
  public static String head(List<String> titles) {
    return row(titles) + "|---|" + "--:|".repeat(titles.size() - 1) + '\n';
  }

  /** A row of a table; its cells are Markdown already. */
  public static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
