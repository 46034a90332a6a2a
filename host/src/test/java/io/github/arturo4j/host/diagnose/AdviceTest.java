// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.Diagnosis;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.JudgingSet;
import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.kernels.optimizer.StepReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
  private static final StepReport WELL = new StepReport(0.1, 2, 0.1, 0.01, 1, 0.1, 0);

  private static Diagnosis row(int epoch, String group, StepReport step, double curvature) {
    return new Diagnosis(
        epoch, group, 100, step, new Diagnosis.Quantiles(0.1, 0.2, 0.3), new Diagnosis.Quantiles(-0.1, 0.2, curvature));
  }

  private static List<String> advice(String optimizer, Diagnosis... rows) {
    return Advice.of(Experiments.find("fmnist_cnn", optimizer), List.of(epoch(1, 1), epoch(2, 0.5)), List.of(rows));
  }

  private static EpochRow epoch(int epoch, double trainLoss) {
    Scores scores = new Scores(trainLoss, new TreeMap<>(Map.of("accuracy", 0.5)));
    return new EpochRow(epoch, 0.1, scores, scores, 1, 1, 1, 2, 0.1, 0.1, 0, JudgingSet.test);
  }

  @Test
  void thereIsNoneWhereAllIsWell() {
    assertThat(advice("arturo", row(1, "all", WELL, 1), row(2, "all", WELL, 1))).isEmpty();
    assertThat(advice("adam")).isEmpty();
  }

  /** Each fault, by what differs from a step that is well, has a line of its own that tells number and remedy. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          arturo   | 0 | 1     | 0.1 | 0 | 1    | the trust region was idle at the end of 2 of 2 epochs
          arturo   | 0 | 1     | 0.1 | 0 | 1    | a smaller --kl-bound would hold them
          arturo   | 2 | 1e-6  | 0.1 | 0 | 1    | differ from what it expects by 0.0010 of its standard deviations
          arturo   | 2 | 1e-6  | 0.1 | 0 | 1    | --optimizer adaptive estimates them
          arturo   | 2 | 100   | 0.1 | 0 | 1    | differ from what it expects by 10.0 of its standard deviations
          adaptive | 2 | 100   | 0.1 | 0 | 1    | train anew with a smaller --kl-bound
          arturo   | 2 | 1     | 0.6 | 0 | 1    | 60% of the estimated curvatures are negative
          arturo   | 2 | 1     | 0.1 | 3 | 1    | 3 steps of the last epoch were skipped
          arturo   | 2 | 1     | 0.1 | 0 | 2e7  | the filter has diverged: estimated curvatures are of the size of 2e+07
          """)
  void eachFaultHasItsLine(
      String optimizer, double eta, double innovation, double negative, long skipped, double curvature, String line) {
    StepReport first = new StepReport(0.1, eta, 0.1, 0.01, innovation, negative, 0);
    StepReport last = new StepReport(0.1, eta, 0.1, 0.01, innovation, negative, skipped);
    assertThat(advice(optimizer, row(1, "all", first, 1), row(2, "all", last, curvature)))
        .singleElement()
        .satisfies(advice -> assertThat(advice).contains(line));
  }

  @Test
  void groupsAreToldByName() {
    StepReport skipped = new StepReport(0.1, 2, 0.1, 0.01, 1, 0.1, 5);
    assertThat(advice("arturo", row(1, "biases", WELL, 1), row(1, "rest", skipped, 1)))
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith("group 'rest': 5 steps of the last epoch were skipped"));
  }

  @Test
  void aLossThatRisesUnderTheBoundIsTold() {
    List<String> lines =
        Advice.of(
            Experiments.find("fmnist_cnn"), List.of(epoch(1, 1), epoch(2, 0.5), epoch(3, 0.6)),
            List.of(row(3, "all", WELL, 1)));
    assertThat(lines)
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .startsWith("the training loss has risen from 0.5000 after epoch 2 to 0.6000 while the bound holds"));
  }
}
