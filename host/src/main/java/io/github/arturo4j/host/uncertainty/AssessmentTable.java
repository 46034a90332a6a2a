// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@link Assessment}s as rows of text.
 *
 * @param header the columns' names, that of the way to predict first
 * @param rows as many cells each
 */
public record AssessmentTable(List<String> header, List<List<String>> rows) {
  private static final List<String> CALIBRATION = List.of("prediction", "accuracy", "NLL", "Brier", "ECE");

  /** Of one or more, of which all or none have areas. */
  public static AssessmentTable of(List<Assessment> assessments) {
    List<String> header = new ArrayList<>(CALIBRATION);
    assessments.getFirst().detection().keySet().forEach(shift -> header.add("AUROC " + shift.title()));
    return new AssessmentTable(header, assessments.stream().map(AssessmentTable::row).toList());
  }

  private static List<String> row(Assessment assessment) {
    Calibration calibration = assessment.calibration();
    List<String> cells = new ArrayList<>(List.of(assessment.name()));
    for (double value :
        new double[] {calibration.accuracy(), calibration.nll(), calibration.brier(), calibration.ece()}) {
      cells.add(text(value));
    }
    assessment.detection().values().forEach(area -> cells.add(text(area)));
    return cells;
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** As lines whose columns stand below each other. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(header));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private String line(List<String> cells) {
    int first = rows.stream().mapToInt(row -> row.getFirst().length()).max().orElse(0);
    StringBuilder line = new StringBuilder(String.format("%-" + Math.max(first, header.getFirst().length()) + "s", cells.getFirst()));
    for (int i = 1; i < cells.size(); i++) {
      line.append(String.format("  %" + Math.max(6, header.get(i).length()) + "s", cells.get(i)));
    }
    return line.toString();
  }
}
