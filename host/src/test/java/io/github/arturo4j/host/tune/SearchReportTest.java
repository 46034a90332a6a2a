// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.chart.ParallelCoordinates.Tick;
import io.github.arturo4j.host.chart.ParallelCoordinates.Upright;
import io.github.arturo4j.host.chart.WrittenPage;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What report.html, results.csv, results.md and best.yaml hold. */
class SearchReportTest {
  private static final String NASTY = "<b>|\"it's\", & \u001b]]> *x*\n`second` line";

  private static SearchResults results() {
    return Searches.results(Searches.three(), 1000, NASTY);
  }

  @Test
  void thePageIsWellFormedAndNeedsNothingElse() {
    String html = SearchPage.of(results());
    assertThat(html).startsWith("<!DOCTYPE html>\n<html lang=\"en\"").doesNotContain("<script", "@import", "url(http", "NaN");
    assertThat(html).as("style as HTML reads it, where nothing is unescaped").doesNotContainPattern("<style>[^<]*&");
    WrittenPage page = WrittenPage.parse(html);
    assertThat(page.texts("title").getFirst()).isEqualTo("fmnist_cnn-adam: search for learningRate, batchSize, schedule");
    assertThat(page.texts("h2"))
        .containsExactly("The best trial", "What was tried", "Trials", "Failed trials", "Curves", "How it was made");
    assertThat(page.texts("p"))
        .contains(
            "Network fmnist_cnn on fashion-mnist, 54,000 training and 6,000 validation examples; optimizer adam; asynchronous"
                + " successive halving over 1, 3, 9 epochs, one trial of 3 goes on; seed 42; device jvm JVM.")
        .anyMatch(p -> p.startsWith("Trial 9, validation accuracy 90.50% in epoch 9 of 9: optimizer.learningRate "))
        .noneMatch(p -> p.contains("is not over"));
    assertThat(page.texts("li")).anyMatch(item -> item.startsWith("trial 3 (") && item.endsWith("): " + Printable.of(NASTY)));
    assertThat(page.texts("dd")).contains("arturo tune 'a b'", "25", "2 January 2026, 03:04 Z");
    assertThat(page.texts("td")).contains("finished", "ended early", "failed", "–", "{name: cosine}");
  }

  @Test
  void aLineLeadsOverTheValuesOfATrialToWhatItCameTo() {
    SearchResults results = results();
    Element chart =
        WrittenPage.parse(SearchPage.of(results)).elements("svg").stream()
            .filter(svg -> svg.getAttribute("aria-label").startsWith("The trials over"))
            .findAny()
            .orElseThrow();
    List<Element> lines = elements(chart, "g");
    assertThat(lines).hasSize(9);
    assertThat(lines.getFirst().getAttribute("class")).isEqualTo("way failed");
    assertThat(points(lines.getFirst())).as("no epochs, no accuracy").hasSize(3);
    assertThat(lines.getLast().getAttribute("class")).isEqualTo("way best");
    assertThat(lines.subList(1, 9)).allMatch(line -> points(line).length == 5);
    assertThat(lines.getLast().getTextContent()).startsWith("Trial 9, validation accuracy 90.50%: optimizer.learningRate ");
    assertThat(lines.subList(1, 9).stream().map(line -> line.getAttribute("class")))
        .isSortedAccordingTo((a, b) -> a.equals("way best") ? 1 : b.equals("way best") ? -1 : a.compareTo(b));
    assertThat(elements(chart, "text").stream().map(Element::getTextContent))
        .contains(
            "learningRate", "batchSize", "schedule", "epochs", "validation accuracy", "0.001", "0.01", "32", "255", "{name: cosine}", "9");
    double rate = (double) results.ranking().getFirst().values().get("optimizer.learningRate");
    Interval range = (Interval) results.space().dimensions().getFirst().domain();
    double y = Double.parseDouble(points(lines.getLast())[0].split(",")[1]);
    double share = Math.log(rate / range.min()) / Math.log(range.max() / range.min());
    assertThat((330 - y) / (330 - 44)).isBetween(share - 0.001, share + 0.001);
  }

  /** Of a range of forty powers of ten, an axis shows eight or so. */
  @Test
  void labelsDoNotStandOnEachOther() {
    SequencedMap<String, Domain> wide = new LinkedHashMap<>();
    wide.put("optimizer.learningRate", new Interval(1e-10, 1e30, Scale.log));
    wide.put("optimizer.beta1", new Interval(0, 0.9, Scale.linear));
    Upright rates = TrialLines.of(Searches.results(wide, 1000, NASTY)).axes().getFirst();
    assertThat(rates.ticks()).extracting(Tick::label)
        .containsExactly("1e-10", "1e-5", "1", "100000", "1e10", "1e15", "1e20", "1e25", "1e30");
    Upright narrow = TrialLines.of(results()).axes().getFirst();
    assertThat(narrow.ticks()).extracting(Tick::label).containsExactly("1e-4", "0.001", "0.01");
  }

  private static List<Element> elements(Element in, String name) {
    return IntStream.range(0, in.getElementsByTagName(name).getLength())
        .mapToObj(i -> (Element) in.getElementsByTagName(name).item(i))
        .toList();
  }

  private static String[] points(Element line) {
    return elements(line, "polyline").getFirst().getAttribute("points").split(" ");
  }

  @Test
  void curvesNameTheBestAndLeaveTheOthersGrey() {
    WrittenPage page = WrittenPage.parse(SearchPage.of(results()));
    Element chart =
        page.elements("svg").stream()
            .filter(svg -> svg.getAttribute("aria-label").equals("Validation accuracy over epochs"))
            .findAny()
            .orElseThrow();
    List<Element> lines = elements(chart, "polyline");
    assertThat(lines.stream().filter(line -> line.getAttribute("class").equals("line muted"))).hasSize(3);
    assertThat(lines.stream().filter(line -> line.getAttribute("class").startsWith("line s"))).hasSize(6);
    assertThat(elements(chart, "text").stream().map(Element::getTextContent))
        .contains("trial 9", "trial 8").doesNotContain("trial 1", "trial 3");
  }

  @Test
  void aSearchOnItsWayHasAPageToo() {
    for (int events = 0; events < 12; events++) {
      String html = SearchPage.of(Searches.results(Searches.three(), events, NASTY));
      WrittenPage.parse(html);
      assertThat(html).contains("The search is not over: ").doesNotContain("NaN");
    }
    assertThat(SearchPage.of(Searches.results(Searches.three(), 1, "")))
        .contains("1 of 9 trials have begun, 0 have a score", "No trial has a score.");
  }

  @Test
  void csvAndMarkdownHaveTheTrials() {
    SearchResults results = results();
    String csv = TrialsCsv.of(results);
    assertThat(csv)
        .startsWith("trial,optimizer.learningRate,batchSize,schedule,state,epochs,best_validation_accuracy,best_epoch,validation_loss,")
        .contains(",\"" + Printable.of(NASTY).replace("\"", "\"\"") + "\"\n")
        .containsPattern("\n9,[^,]*,\\d+,\\{name: \\w+},finished,9,0.905000,9,0.095000,0.865000,0.875000,0.905000,\n");
    String markdown = SearchMarkdown.of(results);
    assertThat(markdown)
        .startsWith(
            "| trial | learningRate | batchSize | schedule | epochs | validation accuracy, % | in epoch | validation loss |\n|---|--:|")
        .contains("\n| 9 | ", "failed: \\<b\\>\\|\"it's\", \\& ", "\n`arturo tune 'a b'`\n");
    assertThat(TrialTable.text(results)).startsWith("trial  learningRate  batchSize").endsWith("and 1 more in the report\n");
  }

  @Test
  void theBestExperimentIsAFileOfItsOwn() {
    SearchResults results = results();
    Trial best = results.ranking().getFirst();
    String text = BestExperiment.text(results, best);
    assertThat(text).startsWith("# The best of 9 trials: trial 9, validation accuracy 90.50%; optimizer.learningRate ");
    assertThat(Experiments.parse(text, "best", Experiment.class)).isEqualTo(results.space().with(best.values()));
  }
}
