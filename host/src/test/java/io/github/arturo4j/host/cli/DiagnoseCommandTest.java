// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.run.Diagnosis;
import io.github.arturo4j.host.run.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code arturo diagnose}, and what trainings write for it. */
class DiagnoseCommandTest {
  @TempDir Path folder;

  private Path data;

  @BeforeEach
  void writeData() throws IOException {
    data = SyntheticData.write(folder.resolve("data"), 120, 20);
  }

  private Path train(String name, Object... more) {
    Path run = folder.resolve(name);
    List<Object> words = new ArrayList<>(List.of("train", "fmnist_cnn", "--data", data, "--out", run, "--batch-size", 40));
    words.addAll(List.of(more));
    Cli.Outcome trained = Cli.run(words.toArray());
    assertThat(trained.err()).isEmpty();
    assertThat(trained.code()).isZero();
    return run;
  }

  @ParameterizedTest
  @ValueSource(strings = {"robust", "adaptive"})
  void tellsEachGroupAndWritesAPage(String mode) throws IOException {
    Path run = train("run", "--mode", mode, "--epochs", 2, "--group", "biases,klBound=0.001");
    List<Diagnosis> rows = RunReader.diagnoses(run);
    assertThat(rows).extracting(Diagnosis::epoch).containsExactly(1, 1, 2, 2);
    assertThat(rows).extracting(Diagnosis::group).containsExactly("biases", "rest", "biases", "rest");
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.step().klTaken()).isPositive().isLessThanOrEqualTo(row.step().bound() * 1.01);
              assertThat(row.step().klCovariance()).isPositive();
              assertThat(row.step().innovation()).isPositive();
              assertThat(row.rates().low()).isPositive().isLessThanOrEqualTo(row.rates().median());
              assertThat(row.curvatures().median()).isLessThanOrEqualTo(row.curvatures().high());
            });
    Cli.Outcome told = Cli.run("diagnose", run);
    assertThat(told.code()).isZero();
    assertThat(told.out()).contains("Epoch 2 of " + run).containsPattern("biases +490 ").containsPattern("rest +389,920 ");
    if (mode.equals("robust")) {
      assertThat(told.out()).contains("Advice: group 'rest': the filter hardly listens");
    }
    String page = Files.readString(run.resolve("diagnostics.html"));
    assertThat(page).contains("<h2>Advice</h2>", "Curvatures after the last epoch", "Standard deviations of the weights");
  }

  @Test
  void aTrainingThatGoesOnWritesTheSame() throws IOException {
    Path straight = train("straight", "--mode", "adaptive", "--epochs", 3);
    Path resumed = train("resumed", "--mode", "adaptive", "--epochs", 1);
    Files.writeString(
        resumed.resolve("diagnostics.csv"), "2,of a later epoch, which was killed before its checkpoint\n",
        StandardOpenOption.APPEND);
    assertThat(Cli.run("diagnose", resumed).err()).contains("is not as the training wrote it; delete it");
    Files.delete(resumed.resolve("diagnostics.csv"));
    assertThat(Cli.run("train", "--resume", resumed, "--data", data, "--epochs", 3).code()).isZero();
    List<String> lines = Files.readAllLines(straight.resolve("diagnostics.csv"));
    assertThat(Files.readAllLines(resumed.resolve("diagnostics.csv")))
        .containsExactly(lines.get(0), lines.get(2), lines.get(3));
  }

  @Test
  void aRunWithoutATrustRegionIsRefused() throws IOException {
    Path run = train("adam", "--optimizer", "adam", "--epochs", 1);
    assertThat(run.resolve("diagnostics.csv")).doesNotExist();
    Cli.Outcome refused = Cli.run("diagnose", run);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualToIgnoringNewLines(
            "arturo: '" + run + "' has no diagnostics.csv, which a training with arturo or adaptive writes after each epoch; it was"
                + " trained with adam: name another run");
  }
}
