// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.report.TextTable;
import java.util.ArrayList;
import java.util.List;

/** A report on a console, part by part. */
public final class TextReport {
  private TextReport() {}

  /** The tables of the part that is over last; before the first, what it runs on. */
  public static String ofLastPart(BenchReport report) {
    String part = report.parts().isEmpty() ? "" : report.parts().getLast().name();
    StringBuilder text = new StringBuilder();
    if (!part.isEmpty()) {
      PartResult result = report.parts().getLast();
      text.append('\n').append(part).append(": ").append(Words.number(result.seconds())).append(" s");
      text.append(result.leftOut().isEmpty() ? "" : "; left out for want of time: " + String.join("; ", result.leftOut())).append('\n');
    }
    for (Section section : Sections.of(report)) {
      boolean machine = part.isEmpty() && section.title().equals("What it ran on");
      if (machine || !part.isEmpty() && section.part().equals(part)) {
        table(text, section);
      }
    }
    report.failures().stream()
        .filter(failure -> part.isEmpty() || failure.part().equals(part))
        .forEach(failure -> text.append("FAILED ").append(failure).append('\n'));
    return text.toString();
  }

  private static void table(StringBuilder text, Section section) {
    List<List<String>> lines = new ArrayList<>(List.of(section.header()));
    lines.addAll(section.rows());
    text.append(TextTable.of(lines));
    section.notes().forEach(note -> text.append(note).append('\n'));
  }
}
