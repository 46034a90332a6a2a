// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
  @TempDir Path folder;

  private static Scores scores(double loss, double accuracy, double f1) {
    LinkedHashMap<String, Double> metrics = new LinkedHashMap<>(Map.of("accuracy", accuracy));
    metrics.put("macro_f1", f1);
    return new Scores(loss, metrics);
  }

  private String drawn(List<EpochRow> rows) throws Exception {
    Path file = folder.resolve("plot.svg");
    Plot.write(file, rows);
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()); // is well-formed
    return Files.readString(file);
  }

  private static EpochRow row(int epoch, Scores train, Scores test) {
    return new EpochRow(epoch, .1, train, test, 1, 1, 1, 0, 0, 0, 0, JudgingSet.test);
  }

  @Test
  void hasBothSetsOfTheLossAndOfEachMetric() throws Exception {
    List<EpochRow> rows = new ArrayList<>();
    for (int epoch = 1; epoch <= 3; epoch++) {
      rows.add(row(epoch, scores(1.0 / epoch, .5 + .1 * epoch, .4), scores(1.5 / epoch, .45 + .1 * epoch, .3)));
    }
    String svg = drawn(rows);
    assertThat(svg)
        .contains(">Loss<", ">Accuracy<", ">Macro F1<")
        .contains(">train, epoch 2: 0.5000<", ">test, epoch 2: 0.7500<", ">train, epoch 3: 0.8000<", ">test, epoch 1: 0.3000<");
    Matcher curves = Pattern.compile("<polyline class=\"line (s[01])\" points=\"([^\"]*)\"").matcher(svg);
    int count = 0;
    while (curves.find()) {
      assertThat(curves.group(1)).isEqualTo("s" + count % 2);
      assertThat(curves.group(2).split(" ")).hasSize(3);
      count++;
    }
    assertThat(count).isEqualTo(6);
  }

  @Test
  void whatIsNoNumberIsLeftOut() throws Exception {
    Scores none = scores(Double.NaN, Double.NaN, Double.POSITIVE_INFINITY);
    assertThat(drawn(List.of(row(1, none, none)))).doesNotContain("NaN", "Infinity", "<circle");
    assertThat(drawn(List.of(row(1, scores(.5, .5, .5), none))))
        .contains(">train, epoch 1: 0.5000<")
        .doesNotContain("NaN", "Infinity", ">test, epoch");
  }
}
