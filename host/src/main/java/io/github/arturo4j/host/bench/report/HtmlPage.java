// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.chart.Markup;
import io.github.arturo4j.host.report.ReportPage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A report as one {@link ReportPage}. */
final class HtmlPage {
  private static final Pattern PERCENT = Pattern.compile("([0-9]+)%");
  private static final int WHOLE = 100;

  /** A cell of more characters is broken into lines. */
  private static final int LONG = 40;

  private HtmlPage() {}

  static String of(BenchReport report) {
    ReportPage page = new ReportPage(Headline.title(report), Headline.what(report), Headline.notice(report).orElse(""));
    Sections.of(report).forEach(section -> section(page, section));
    page.section("How it was made");
    page.markup().element("pre", report.command()).line();
    page.close();
    return page.end();
  }

  private static void section(ReportPage page, Section section) {
    Markup out = page.markup();
    page.section(section.title());
    if (section.folded()) {
      out.open("details").element("summary", String.join(" ", section.notes())).line();
    }
    out.open("div", "class", "scroll", "tabindex", "0").open("table").line().open("thead").open("tr");
    for (Section.Column column : section.columns()) {
      if (column.kind() == Section.Kind.TEXT) {
        out.element("th", column.title(), "scope", "col", "class", "words");
      } else {
        out.element("th", column.title(), "scope", "col");
      }
    }
    out.close().close().line().open("tbody").line();
    for (List<String> row : section.rows()) {
      out.open("tr").element("th", row.getFirst(), "scope", "row");
      for (int i = 1; i < row.size(); i++) {
        cell(out, section.columns().get(i), row.get(i));
      }
      out.close().line();
    }
    page.closeTable();
    if (section.folded()) {
      page.close();
    } else {
      section.notes().forEach(page::note);
    }
    page.close();
  }

  private static void cell(Markup out, Section.Column column, String text) {
    Matcher percent = PERCENT.matcher(text);
    if (column.kind() == Section.Kind.SHARE && percent.matches()) {
      out.element("td", text, "class", "share", "style", "--share: " + Math.min(WHOLE, Integer.parseInt(percent.group(1))) + "%");
    } else if (column.kind() == Section.Kind.TEXT) {
      out.element("td", text, "class", text.length() > LONG ? "words long" : "words");
    } else {
      out.element("td", text);
    }
  }
}
