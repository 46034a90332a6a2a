// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

import io.github.arturo4j.host.chart.Digits;
import io.github.arturo4j.host.chart.Markup;
import io.github.arturo4j.host.chart.Page;
import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.dataset.ExampleSource;
import io.github.arturo4j.host.dataset.TestSet;
import io.github.arturo4j.kernels.loss.Targets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The examples that a network is {@linkplain MostWrong most wrong} about, as one {@link Page}: pictures, or rows of a table. */
public final class MostWrongPage {
  /** Classes that are told of a picture. */
  private static final int TOP = 3;

  private final OutputMeaning meaning;
  private final DataSchema schema;
  private final TestSet test;
  private final MostWrong found;
  private final Markup out;

  private MostWrongPage(String title, OutputMeaning meaning, TestSet test, MostWrong found) {
    this.meaning = meaning;
    this.schema = meaning.schema();
    this.test = test;
    this.found = found;
    this.out = Page.begin(title, "/report.css", "/examples.css");
  }

  /**
   * The page.
   *
   * @param name of the network
   * @param result what the evaluation has measured, a line
   * @param test the examples that were evaluated, or more
   * @param count how many were evaluated
   */
  public static String of(String name, String result, OutputMeaning meaning, TestSet test, MostWrong found, int count) {
    return new MostWrongPage("Where " + name + " is most wrong", meaning, test, found).page(result, count);
  }

  private String page(String result, int count) {
    boolean pictures = Thumbnail.isOne(test.examples().features());
    out.element("p", result, "class", "lead-in").line();
    String shown = pictures ? " The true class is in bold; the pictures are as the network is given them." : "";
    out.element("p", note(count) + shown, "class", "note").line();
    switch (test.examples().targets()) {
      case Targets.Classes classes when pictures -> pictures(classes);
      case Targets.Classes classes -> rows(classes);
      case Targets.Values values -> rows(values);
    }
    return Page.end(out);
  }

  private String note(int count) {
    int shown = found.mistakes().size();
    if (test.examples().targets() instanceof Targets.Values) {
      return String.format(Locale.ROOT, "The %,d of the greatest error, of %,d %s.", shown, count, schema.words());
    }
    return String.format(
        Locale.ROOT, "%,d of %,d %s %s taken for another class. Here %s %s, the least probability of the true class first%s.",
        found.wrong(), count, schema.words(), found.wrong() == 1 ? "was" : "were",
        Math.min(shown, found.wrong()) == 1 ? "is" : "are",
        found.wrong() > shown ? "%,d of them".formatted(shown) : found.wrong() == 0 ? "none of them" : "they",
        found.wrong() < shown ? "; behind them %,d that were recognised".formatted(shown - found.wrong()) : "");
  }

  /** The name of a class, which is a number in some data sets. */
  private String name(int label) {
    return schema.classes() == null ? "class " + label : schema.className(label);
  }

  private static String percent(double share) {
    return share > 0 && share < 0.001 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private void pictures(Targets.Classes classes) {
    out.open("div", "class", "examples").line();
    for (MostWrong.Mistake mistake : found.mistakes()) {
      int label = classes.labels()[mistake.example()];
      String place = test.sources().apply(mistake.example()).place();
      out.open("figure", "class", "example").line();
      Thumbnail.write(out, test.examples().features(), mistake.example(), place);
      out.open("figcaption").element("strong", name(label)).line().element("span", place, "class", "place").close().line();
      out.open("ol").line();
      List<Prediction.Ranked> top = mistake.prediction().top(TOP);
      top.forEach(each -> rank(each, label));
      if (top.stream().noneMatch(each -> each.label() == label)) {
        rank(new Prediction.Ranked(label, schema.className(label), mistake.prediction().values()[label]), label);
      }
      out.close().close().line();
    }
    out.close().line();
  }

  private void rank(Prediction.Ranked each, int label) {
    out.open("li", "class", each.label() == label ? "true" : "other", "style", width(each.probability()));
    out.element("span", name(each.label())).element("span", percent(each.probability()), "class", "share").close().line();
  }

  private static String width(double share) {
    return String.format(Locale.ROOT, "--share: %.1f%%", 100 * share);
  }

  private void rows(Targets.Classes classes) {
    header("class", "taken for", "probability", "of the class");
    for (MostWrong.Mistake mistake : found.mistakes()) {
      int label = classes.labels()[mistake.example()];
      Prediction prediction = mistake.prediction();
      row(
          mistake.example(), name(label), name(prediction.label()), percent(prediction.values()[prediction.label()]),
          percent(prediction.values()[label]));
    }
    out.close().close().close().line();
  }

  private void rows(Targets.Values values) {
    header("target", "prediction", "error");
    int digits = Digits.of(found.mistakes().getFirst().error());
    for (MostWrong.Mistake mistake : found.mistakes()) {
      row(
          mistake.example(), text(digits, meaning.target(values, mistake.example())),
          text(digits, mistake.prediction().values()), text(digits, mistake.error()));
    }
    out.close().close().close().line();
  }

  private static String text(int digits, double... values) {
    return DoubleStream.of(values)
        .mapToObj(value -> String.format(Locale.ROOT, "%." + digits + "f", value))
        .collect(Collectors.joining(", "));
  }

  private void header(String... titles) {
    out.open("div", "class", "scroll", "tabindex", "0").open("table", "class", "rows").line().open("thead").open("tr");
    out.element("th", schema.words().replaceFirst("s$", ""), "scope", "col");
    for (String title : titles) {
      out.element("th", title, "scope", "col");
    }
    test.sources().apply(0).cells().keySet().forEach(column -> out.element("th", column, "scope", "col", "class", "column"));
    out.close().close().line().open("tbody").line();
  }

  private void row(int example, String... values) {
    ExampleSource source = test.sources().apply(example);
    out.open("tr").element("th", source.place(), "scope", "row");
    for (String value : values) {
      out.element("td", value);
    }
    source.cells().values().forEach(cell -> out.element("td", cell, "class", "column"));
    out.close().line();
  }
}
