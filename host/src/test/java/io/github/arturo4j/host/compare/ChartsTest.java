// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.chart.LineChart;
import io.github.arturo4j.host.chart.Markup;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.JudgingSet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartsTest {
  private static String svg(Comparison comparison, int chart) {
    Markup out = new Markup();
    new Charts(comparison).all().get(chart).writeTo(out);
    return out.toString();
  }

  private static List<Double> numbers(String svg, String pattern) {
    List<Double> numbers = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(svg);
    while (matcher.find()) {
      numbers.add(Double.parseDouble(matcher.group(1)));
    }
    return numbers;
  }

  @Test
  void namesDoNotStandOnEachOther() {
    String[] labels = IntStream.range(0, 8).mapToObj(i -> "label" + i).toArray(String[]::new);
    Run[] runs = IntStream.range(0, 8).mapToObj(i -> Samples.finished("label" + i, 1, .5, .5 + i * .001)).toArray(Run[]::new);
    List<Double> heights =
        numbers(svg(Samples.comparison(Samples.settings(List.of(1L), 2, labels), runs), 0), "class=\"name [^>]* y=\"([-.0-9]+)\"");
    assertThat(heights).hasSize(8).allMatch(y -> y > 0 && y < 350);
    List<Double> sorted = heights.stream().sorted().toList();
    for (int i = 1; i < 8; i++) {
      assertThat(sorted.get(i) - sorted.get(i - 1)).isGreaterThan(17);
    }
  }

  private static EpochRow loss(int epoch, double loss) {
    return new EpochRow(epoch, .1, Samples.scores(loss, .5), Samples.scores(loss, .5), 1, 1, 1, 0, 0, 0, 0, JudgingSet.test);
  }

  @Test
  void aLossThatExplodesIsCutOffAndOneThatIsNoNumberLeftOut() {
    Run run =
        new Run(
            "adam", 1, Run.State.FINISHED,
            List.of(loss(1, .5), loss(2, .6), loss(3, 1e9), loss(4, .4), loss(5, Double.NaN)), List.of(), null, "");
    Comparison comparison = Samples.comparison(Samples.settings(List.of(1L), 5, "adam"), run);
    LineChart chart = new Charts(comparison).all().get(1);
    assertThat(chart.cuts()).isTrue();
    String svg = svg(comparison, 1);
    assertThat(svg).doesNotContain("NaN", "Infinity");
    assertThat(numbers(svg, "<circle[^>]* cy=\"([-.0-9]+)\"")).hasSize(3).allMatch(y -> y > 0 && y < 350);
    assertThat(HtmlReport.of(comparison)).contains("Values outside of this range are cut off.");
  }

  @Test
  void aFailedRunDoesNotSpoilTheScaleOfTheOthers() {
    Settings settings = Samples.settings(List.of(1L), 3, "adam", "sgd");
    Run failed = Samples.run("sgd", 1, Run.State.FAILED, .85, .1);
    Comparison comparison = Samples.comparison(settings, Samples.finished("adam", 1, .8, .85, .9), failed);
    String svg = svg(comparison, 0);
    assertThat(svg).contains(">80</text>", ">90</text>", ">adam</text>").doesNotContain(">0</text>", ">sgd</text>");
    assertThat(svg.split("<circle")).as("three points, and one of sgd").hasSize(5);
    assertThat(svg(Samples.comparison(settings, failed), 0)).contains(">20</text>", ">sgd</text>");
    Run unfinished = Samples.run("sgd", 1, Run.State.UNFINISHED, .85, .1);
    assertThat(svg(Samples.comparison(settings, Samples.finished("adam", 1, .8, .85, .9), unfinished), 0))
        .contains(">20</text>", ">sgd</text>");
  }

  @Test
  void longRunsHaveSpotsInPlaceOfDots() {
    double[] accuracies = IntStream.range(0, 120).mapToDouble(i -> .9 - .5 / (i + 1)).toArray();
    String svg =
        svg(Samples.comparison(Samples.settings(List.of(1L), 120, "adam"), Samples.finished("adam", 1, accuracies)), 0);
    assertThat(svg).contains("class=\"spot s0\"").doesNotContain("class=\"dot");
    assertThat(svg.split("<title>")).hasSize(121);
  }
}
