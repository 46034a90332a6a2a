// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.report.Markdown;

/** A report as a page of GitHub's Markdown. */
final class MarkdownPage {
  private MarkdownPage() {}

  static String of(BenchReport report) {
    StringBuilder text = new StringBuilder("# ").append(Markdown.escape(Headline.title(report))).append("\n\n");
    text.append(Markdown.escape(Headline.what(report))).append("\n\n");
    Headline.notice(report).ifPresent(notice -> text.append("**").append(Markdown.escape(notice)).append("**\n\n"));
    for (Section section : Sections.of(report)) {
      text.append("## ").append(Markdown.escape(section.title())).append("\n\n");
      if (section.folded()) {
        text.append("<details><summary>").append(Markdown.escape(String.join(" ", section.notes()))).append("</summary>\n\n");
      }
      text.append(Markdown.row(section.header().stream().map(Markdown::escape).toList())).append("|---|");
      section.columns().stream().skip(1).forEach(column -> text.append(column.kind() == Section.Kind.TEXT ? "---|" : "--:|"));
      text.append('\n');
      section.rows().forEach(row -> text.append(Markdown.row(row.stream().map(Markdown::escape).toList())));
      text.append('\n');
      if (section.folded()) {
        text.append("</details>\n\n");
      } else {
        section.notes().forEach(note -> text.append(Markdown.escape(note)).append("\n\n"));
      }
    }
    return text.append(Markdown.code(report.command())).append('\n').toString();
  }
}
