// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.models.metric.Accuracy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void theDeviationIsThatOfASample() {
    Summary summary = Summary.of(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(summary.count()).isEqualTo(8);
    assertThat(summary.mean()).isEqualTo(5);
    assertThat(summary.deviation()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-12));
  }

  @Test
  void oneValueHasNoSpreadAndNoneHasNoMean() {
    assertThat(Summary.of(3).mean()).isEqualTo(3);
    assertThat(Summary.of(3).deviation()).isNaN();
    assertThat(Measure.last(new Accuracy(), "test").text(Summary.of(3))).isEqualTo("3.00");
    assertThat(Measure.last(new Accuracy(), "test").text(Summary.of(3, 5))).isEqualTo("4.00 ± 1.41");
    assertThat(Measure.last(new Accuracy(), "test").text(Summary.of())).isEqualTo("–");
  }

  @Test
  void aRunTellsItsFinalAndItsBestEpochAndItsTime() {
    Run run =
        new Run(
            "adam", 1, Run.State.FINISHED,
            List.of(Samples.row(1, .5, 9, 1), Samples.row(2, .9, 2, 1), Samples.row(3, .9, 3, 1), Samples.row(4, .7, 1, 1)),
            List.of(), null, "");
    assertThat(run.best(new Accuracy()).epoch()).isEqualTo(2);
    assertThat(Measure.best(new Accuracy(), "test").of(run)).isEqualTo(90);
    assertThat(Measure.last(new Accuracy(), "test").of(run)).isEqualTo(70);
    assertThat(Measure.lastLoss("test").of(run)).isCloseTo(.3, within(1e-12));
    assertThat(run.secondsPerEpoch()).as("median of 10, 3, 4 and 2").isEqualTo(3.5);
    assertThat(run.optimizerShare()).as("median of 1/10, 1/3, 1/4 and 1/2").isCloseTo(7.0 / 24, within(1e-12));
  }

  @Test
  void anOptimizerWhoseTimeIsNotKnownHasNoShareButItsRunASpeed() {
    Run run =
        new Run(
            "adam", 1, Run.State.FINISHED, List.of(Samples.row(1, .5, 3, Double.NaN), Samples.row(2, .5, 5, Double.NaN)),
            List.of(), null, "");
    assertThat(run.secondsPerEpoch()).isEqualTo(4);
    assertThat(run.optimizerShare()).isNaN();
  }

  @Test
  void theBestOfEachColumnIsMarkedInItsDirection() {
    Comparison comparison =
        Samples.comparison(
            Samples.settings(List.of(1L, 2L), 2, "adam", "sgd", "arturo"),
            Samples.finished("adam", 1, .9, .6), Samples.finished("sgd", 1, .2, .8),
            Samples.run("arturo", 1, Run.State.UNFINISHED, .99), Samples.finished("adam", 2, .9, .7),
            Samples.finished("sgd", 2, .2, .8), Samples.run("arturo", 2, Run.State.FAILED));
    ResultTable table = ResultTable.of(comparison);
    assertThat(table.rows().get(0).cells().stream().map(ResultTable.Cell::text))
        .containsExactly("65.00 ± 7.07", "90.00 ± 0.00", "0.3500 ± 0.0707", "4.00 ± 0.00", "25.0 ± 0.0");
    assertThat(table.rows().get(0).cells().stream().map(ResultTable.Cell::best))
        .containsExactly(false, true, false, true, false);
    assertThat(table.rows().get(1).cells().stream().map(ResultTable.Cell::best))
        .containsExactly(true, false, true, true, false);
    assertThat(table.rows().get(2))
        .isEqualTo(
            new ResultTable.Row(
                "arturo", "0 of 2, 1 failed", java.util.Collections.nCopies(5, new ResultTable.Cell("–", false))));
    assertThat(table.text().lines())
        .hasSize(4)
        .anyMatch(line -> line.matches("adam +2 +65\\.00 ± 7\\.07 +90\\.00 ± 0\\.00 \\* +0\\.3500 ± 0\\.0707 .*"));
  }

  @Test
  void whatIsMeasuredOnATestSetForTheEndHasColumnsOfItsOwn() {
    Scores scores = new Scores(.25, new LinkedHashMap<>(Map.of("accuracy", .875)));
    Comparison comparison =
        Samples.comparison(
            Samples.settings(List.of(1L), 1, "adam", "sgd"), Samples.finished("adam", 1, .5).tested(scores),
            Samples.run("sgd", 1, Run.State.UNFINISHED, .5));
    ResultTable table = ResultTable.of(comparison);
    assertThat(table.header()).containsSubsequence("final test loss", "test accuracy, %", "test loss", "seconds per epoch");
    assertThat(table.markdown()).contains("| adam | 1 | 50.00 | 50.00 | 0.5000 | 87.50 | 0.2500 | 4.00 | 25.0 |");
    assertThat(Wording.table(comparison)).contains(" Columns of the test set are of the weights of that best epoch, ");
    assertThat(ResultsCsv.of(comparison).lines())
        .anyMatch(line -> line.contains("final_train_loss,test_accuracy,test_loss,seconds_per_epoch"))
        .anyMatch(line -> line.startsWith("adam,") && line.contains(",0.875000,0.250000,"));
  }

  @Test
  void whereThereIsNothingToCompareWithNothingIsBest() {
    Comparison comparison =
        Samples.comparison(Samples.settings(List.of(1L), 1, "adam"), Samples.finished("adam", 1, .5));
    assertThat(ResultTable.of(comparison).hasBest()).isFalse();
    assertThat(ResultTable.of(comparison).markdown()).contains("| adam | 1 | 50.00 | 50.00 | 0.5000 | 4.00 | 25.0 |");
  }
}
