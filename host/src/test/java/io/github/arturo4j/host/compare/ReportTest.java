// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.chart.WrittenPage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What report.html, results.csv and results.md hold. */
class ReportTest {
  private static final String NASTY = "<b>|\"it's\", & \u001b]]> *x*\n`second` line";

  private static Comparison nasty() {
    return Samples.comparison(
        Samples.settings(List.of(1L, 2L), 2, "adam", "my_sgd"),
        Samples.finished("adam", 1, .5, .6), new Run("my_sgd", 1, Run.State.FAILED, List.of(), List.of(), null, NASTY),
        Samples.finished("adam", 2, .5, .8), Samples.run("my_sgd", 2, Run.State.UNFINISHED, .25));
  }

  /** The page as XML; a fault in it throws. */
  @Test
  void thePageIsWellFormedAndNeedsNothingElse() throws Exception {
    String html = HtmlReport.of(nasty());
    assertThat(html).startsWith("<!DOCTYPE html>\n<html lang=\"en\"").doesNotContain("<script", "@import", "url(http");
    WrittenPage page = WrittenPage.parse(html);
    assertThat(page.texts("title").getFirst()).isEqualTo("fmnist_cnn: adam and my_sgd");
    assertThat(page.elements("link")).isEmpty();
    assertThat(page.elements("img")).isEmpty();
    assertThat(page.texts("style")).hasSize(1).first().asString().contains("prefers-color-scheme: dark", "@media print");
    assertThat(html).as("style as HTML reads it, where nothing is unescaped").doesNotContainPattern("<style>[^<]*&");
    assertThat(page.texts("p"))
        .contains("2 of 4 runs finished, 1 failed; the table counts the finished ones only.")
        .anyMatch(p -> p.startsWith("Mean ± sample standard deviation"))
        .anyMatch(p -> p.startsWith("Network fmnist_cnn on fashion-mnist, 60,000 training examples and 10 test examples; 2 epochs;"
            + " seeds 1, 2; device jvm JVM."));
    assertThat(page.texts("li")).contains("my_sgd-1: " + NASTY.replace('\u001b', '\uFFFD'));
    assertThat(page.texts("dd")).contains("arturo compare 'a b'", "25", "2 January 2026, 03:04 Z");
    assertThat(page.texts("pre")).hasSize(2).allMatch(yaml -> yaml.contains("klBound: 0.08567456308209788"));
    List<String> cells = page.texts("td");
    assertThat(cells).contains("70.00 ± 14.14", "0 of 2, 1 failed", "failed", "not finished", "25.00");
  }

  @Test
  void thePicturesShowEachCurveWithItsName() throws Exception {
    WrittenPage page = WrittenPage.parse(HtmlReport.of(nasty()));
    List<Element> charts = page.elements("svg").stream().filter(svg -> svg.hasAttribute("aria-label")).toList();
    assertThat(charts.stream().map(svg -> svg.getAttribute("aria-label")))
        .containsExactly(
            "Test accuracy over epochs", "Test loss over epochs", "Training loss over epochs",
            "Test accuracy over training time");
    Element accuracy = charts.getFirst();
    List<String> words = new ArrayList<>();
    NodeList texts = accuracy.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      words.add(texts.item(i).getTextContent());
    }
    assertThat(words).contains("test accuracy (%)", "epoch", "adam", "my_sgd", "1", "2", "20", "80");
    assertThat(accuracy.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    assertThat(accuracy.getElementsByTagName("polygon").getLength()).as("bands: one seed has none").isEqualTo(1);
    NodeList tips = accuracy.getElementsByTagName("title");
    assertThat(tips.item(1).getTextContent()).isEqualTo("adam, epoch 2: 70.00 (2 seeds, 60.00 to 80.00)");
    assertThat(tips.item(2).getTextContent()).isEqualTo("my_sgd, epoch 1: 25.00");
  }

  @Test
  void oneSeedPretendsNoSpread() throws Exception {
    String html =
        HtmlReport.of(
            Samples.comparison(Samples.settings(List.of(7L), 1, "adam"), Samples.finished("adam", 7, .5)));
    WrittenPage.parse(html);
    assertThat(html).doesNotContain("±", "<polygon", "runs finished").contains("One seed, so no spread.");
  }

  @Test
  void beforeTheFirstEpochThereIsAPageToo() throws Exception {
    String html =
        HtmlReport.of(
            Samples.comparison(Samples.settings(List.of(7L), 1, "adam"), Samples.run("adam", 7, Run.State.WAITING)));
    WrittenPage.parse(html);
    assertThat(html).contains("0 of 1 run finished").doesNotContain("<h2>Curves");
  }

  @Test
  void csvHasARowForEachRun() {
    String csv = ResultsCsv.of(nasty());
    assertThat(csv).startsWith("optimizer,seed,state,epochs,final_test_accuracy,best_test_accuracy,best_epoch,");
    assertThat(csv)
        .contains(
            "\nadam,1,finished,2,0.600000,0.600000,2,0.400000,0.750000,0.500000,4.000000,0.250000,0,\n",
            "\nmy_sgd,1,failed,0,,,,,,,,,,\"" + NASTY.replace("\"", "\"\"") + "\"\n",
            "\nmy_sgd,2,not finished,1,0.250000,0.250000,1,");
  }

  /** Of the second step, which only one run of sgd has, no mean is told of adam. */
  @Test
  void theLossAfterStepsHasATableOfItsOwn() throws Exception {
    Comparison comparison =
        Samples.comparison(
            Samples.settings(List.of(1L, 2L), 2, "adam", "sgd"), Samples.evaluated("adam", 1, .5), Samples.evaluated("sgd", 1, .7, .2),
            Samples.evaluated("adam", 2, .7), Samples.evaluated("sgd", 2, .9, .4));
    WrittenPage page = WrittenPage.parse(HtmlReport.of(comparison));
    assertThat(page.texts("h2")).containsSubsequence("Results", "Loss after steps", "Curves");
    assertThat(page.texts("th")).contains("test loss after step 20", "test loss after step 40");
    assertThat(page.texts("td")).contains("0.6000 ± 0.1414", "0.8000 ± 0.1414", "0.3000 ± 0.1414", "–");
    assertThat(page.texts("strong")).contains("0.6000 ± 0.1414").doesNotContain("0.8000 ± 0.1414");
    assertThat(MarkdownReport.of(comparison))
        .contains(
            "| optimizer | seeds | test loss after step 20 | test loss after step 40 |", "| sgd | 2 | 0.8000 ± 0.1414 | 0.3000 ± 0.1414 |");
    List<String> csv = ResultsCsv.of(comparison).lines().toList();
    assertThat(csv.getFirst()).contains(",final_train_loss,test_loss_after_step_20,test_loss_after_step_40,seconds_per_epoch,");
    assertThat(csv.get(1)).contains(",0.500000,,4.000000,");
    assertThat(csv.get(4)).contains(",0.900000,0.400000,4.000000,");
    assertThat(HtmlReport.of(nasty())).doesNotContain("Loss after steps");
  }

  @Test
  void markdownEscapesWhatItWouldTakeForMarkup() {
    String text = MarkdownReport.of(nasty());
    assertThat(text.lines().limit(4))
        .containsExactly(
            "| optimizer | seeds | final test accuracy, % | best test accuracy, % | final test loss |"
                + " seconds per epoch | optimizer share, % |",
            "|---|--:|--:|--:|--:|--:|--:|",
            "| adam | 2 | 70.00 ± 14.14 | 70.00 ± 14.14 | 0.3000 ± 0.1414 | 4.00 ± 0.00 | 25.0 ± 0.0 |",
            "| my\\_sgd | 0 of 2, 1 failed | – | – | – | – | – |");
    assertThat(text).contains("- my\\_sgd-1 failed: \\<b\\>\\|\"it's\", \\& ").contains("\\*x\\* \\`second\\` line\n");
  }
}
