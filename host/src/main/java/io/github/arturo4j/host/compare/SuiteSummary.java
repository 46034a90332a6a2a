// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How optimizers have done over the problems of a suite, those that are over.
 *
 * @param problems of which no run is to come
 */
record SuiteSummary(List<String> optimizers, List<SuiteProblem> problems) {
  private static final String REFERENCE = "adam";

  /**
   * An optimizer.
   *
   * @param ratios geometric means over the problems of its loss in proportion to the reference's with a tuned rate, after the
   *     steps and at the end; infinite where a run has failed
   * @param best on how many problems it has the lowest loss at the end of all with the same kind of rate
   */
  record Row(String optimizer, List<Double> ratios, int best) {}

  /** Which optimizer's losses are one. */
  String reference() {
    return optimizers.contains(REFERENCE) ? REFERENCE : optimizers.getFirst();
  }

  /** The steps that all problems have been evaluated after. */
  List<Integer> steps() {
    return problems.getFirst().comparison().steps().stream()
        .filter(step -> problems.stream().allMatch(problem -> problem.comparison().steps().contains(step)))
        .toList();
  }

  List<Row> rows(SuiteProblem.Rate rate) {
    List<Function<SuiteProblem, Measure>> columns = new ArrayList<>();
    steps().forEach(step -> columns.add(problem -> Measure.lossAfter(step, problem.comparison().settings().judgedBy())));
    columns.add(SuiteProblem::end);
    List<Row> rows = new ArrayList<>();
    for (String optimizer : optimizers) {
      List<Double> ratios = columns.stream().map(column -> ratio(optimizer, rate, column)).toList();
      rows.add(new Row(optimizer, ratios, (int) problems.stream().filter(problem -> isBest(optimizer, rate, problem)).count()));
    }
    return rows;
  }

  private double ratio(String optimizer, SuiteProblem.Rate rate, Function<SuiteProblem, Measure> column) {
    double logs =
        problems.stream()
            .mapToDouble(
                problem ->
                    Math.log(
                        problem.mean(optimizer, rate, column.apply(problem))
                            / problem.mean(reference(), SuiteProblem.Rate.TUNED, column.apply(problem))))
            .sum();
    return Math.exp(logs / problems.size());
  }

  private boolean isBest(String optimizer, SuiteProblem.Rate rate, SuiteProblem problem) {
    double its = problem.mean(optimizer, rate, problem.end());
    return Double.isFinite(its)
        && optimizers.stream().allMatch(other -> !(problem.mean(other, rate, problem.end()) < its));
  }

  /** The columns: optimizer, ratios, best. */
  List<String> header() {
    List<String> header = new ArrayList<>(List.of("optimizer"));
    steps().forEach(step -> header.add("after step " + step));
    header.add("at the end");
    header.add("best at the end, of " + problems.size());
    return header;
  }

  /** A row as cells behind its name, the lowest of a column among those rows marked. */
  static List<ResultTable.Cell> cells(Row row, List<Row> rows) {
    List<ResultTable.Cell> cells = new ArrayList<>();
    for (int i = 0; i < row.ratios.size(); i++) {
      int column = i;
      double lowest = rows.stream().mapToDouble(each -> each.ratios.get(column)).filter(Double::isFinite).min().orElse(Double.NaN);
      cells.add(new ResultTable.Cell(text(row.ratios.get(i)), row.ratios.get(i) == lowest));
    }
    int most = rows.stream().mapToInt(Row::best).max().orElse(0);
    cells.add(new ResultTable.Cell("" + row.best, row.best == most && most > 0));
    return cells;
  }

  private static String text(double ratio) {
    return Double.isNaN(ratio) ? "–" : Double.isInfinite(ratio) ? "∞" : String.format(Locale.ROOT, "%.3f", ratio);
  }
}
