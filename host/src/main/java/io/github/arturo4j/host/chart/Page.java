// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.chart;

import java.util.List;

/** A page of HTML that needs nothing else: style and pictures are in it, and there is no script. */
public final class Page {
  private Page() {}

  /**
   * Begins one, down to its heading. What comes next is in the elements html, body and main, which {@link #end} closes.
   *
   * @param sheets style sheets beside that of charts, see {@link StyleSheet#of}
   */
  public static Markup begin(String title, String... sheets) {
    StringBuilder style = new StringBuilder(StyleSheet.of("/chart.css"));
    for (String sheet : sheets) {
      style.append(StyleSheet.of(sheet));
    }
    Markup out = new Markup();
    out.doctype().line().open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml").line();
    out.open("head").empty("meta", "charset", "utf-8").line();
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    out.empty(
        "meta", "http-equiv", "Content-Security-Policy", "content",
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    out.line().element("title", title).line().element("style", style.toString()).close().line();
    return out.open("body").open("main").line().element("h1", title).line();
  }

  /** Writes charts side by side, each below its title, and a note below one that cuts values off. */
  public static void figures(Markup out, List<LineChart> charts) {
    out.open("div", "class", "charts").line();
    for (LineChart chart : charts) {
      out.open("figure").element("figcaption", chart.title()).line();
      chart.writeTo(out);
      if (chart.cuts()) {
        out.element("p", "Values outside of this range are cut off.", "class", "note").line();
      }
      out.close().line();
    }
    out.close().line();
  }

  /** Ends it; its text. */
  public static String end(Markup out) {
    return out.close().close().close().line().toString();
  }
}
