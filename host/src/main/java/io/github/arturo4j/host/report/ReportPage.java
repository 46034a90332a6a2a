// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.report;

import io.github.arturo4j.host.chart.Markup;
import io.github.arturo4j.host.chart.Page;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as one {@link Page}, in sections. */
public final class ReportPage {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm z", Locale.ENGLISH);

  private final Markup out;

  /**
   * Begins one.
   *
   * @param what in a sentence
   * @param notice what a reader has to know first; empty for nothing
   */
  public ReportPage(String title, String what, String notice) {
    out = Page.begin(title, "/report.css");
    out.element("p", what, "class", "lead-in").line();
    if (!notice.isEmpty()) {
      out.element("p", notice, "class", "notice").line();
    }
  }

  /** What it is written to. */
  public Markup markup() {
    return out;
  }

  /** Begins a section, which {@link #close} ends. */
  public void section(String title) {
    out.open("section").element("h2", title).line();
  }

  /** A note below what was written. */
  public void note(String text) {
    out.element("p", text, "class", "note").line();
  }

  /** Ends the innermost element. */
  public void close() {
    out.close().line();
  }

  /** Begins a table, down to its first row; a name in it is a heading of its row. */
  public void openTable(List<String> titles) {
    out.open("div", "class", "scroll", "tabindex", "0").open("table").line();
    out.open("thead").open("tr");
    titles.forEach(title -> out.element("th", title.replace(", %", ",\u00a0%"), "scope", "col"));
    out.close().close().line().open("tbody").line();
  }

  /** Ends it. */
  public void closeTable() {
    out.close().close().close().line();
  }

  /**
   * Begins the section that says how it was made, which {@link #close} ends.
   *
   * @param examples what it was made with
   */
  public void provenance(String command, Map<String, String> environment, String examples, ZonedDateTime written) {
    section("How it was made");
    out.open("dl");
    entry("command", command);
    environment.forEach(this::entry);
    entry("examples", examples);
    entry("written", TIME.format(written));
    close();
  }

  private void entry(String term, String description) {
    out.open("div").element("dt", term).element("dd", description).close().line();
  }

  /** Ends it; its text. */
  public String end() {
    return Page.end(out);
  }
}
