// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import io.github.arturo4j.host.chart.LineChart;
import io.github.arturo4j.host.chart.Markup;
import io.github.arturo4j.host.chart.Page;
import java.util.List;

/** {@link Assessment}s as one {@link Page}: their table and their reliability diagram. */
public final class CalibrationPage {
  private static final String MEASURES =
      "NLL, the mean −log of the true class's probability, Brier score and ECE, the expected calibration error in "
          + Calibration.BINS + " bins, are better the less they are.";

  private static final String DETECTION =
      " AUROC is how well the entropy of a prediction tells images that are none of the data set's from the test set's: 0.5 is a"
          + " guess, 1 always right.";

  private CalibrationPage() {}

  /**
   * The page.
   *
   * @param title of it
   * @param what was measured on, a sentence
   */
  public static String of(String title, String what, List<Assessment> assessments) {
    Markup out = Page.begin(title, "/report.css");
    out.element("p", what, "class", "lead-in").line();
    AssessmentTable table = AssessmentTable.of(assessments);
    out.open("div", "class", "scroll", "tabindex", "0").open("table").line().open("thead").open("tr");
    table.header().forEach(name -> out.element("th", name, "scope", "col"));
    out.close().close().line().open("tbody").line();
    for (List<String> cells : table.rows()) {
      out.open("tr").element("th", cells.getFirst(), "scope", "row");
      cells.subList(1, cells.size()).forEach(cell -> out.element("td", cell));
      out.close().line();
    }
    out.close().close().close().line();
    out.element("p", MEASURES + (table.header().size() > 5 ? DETECTION : ""), "class", "note").line();
    out.element("h2", "Reliability").line();
    out.element(
        "p", "Of the test examples that a prediction is that sure of, the share that it is right about; bins of fewer than ten"
            + " examples are left out.",
        "class", "note").line();
    out.open("div", "class", "charts").line();
    for (int i = 0; i < assessments.size(); i++) {
      LineChart chart = ReliabilityDiagram.of(assessments.get(i), i);
      out.open("figure").element("figcaption", assessments.get(i).name()).line();
      chart.writeTo(out);
      out.close().line();
    }
    out.close().line();
    return Page.end(out);
  }
}
