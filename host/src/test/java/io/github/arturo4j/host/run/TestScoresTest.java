// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.arturo4j.host.io.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestScoresTest {
  @TempDir Path folder;

  @Test
  void areReadAsTheyWereWrittenForThatNumberOfEpochs() throws IOException {
    LinkedHashMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", 1 / 3.0);
    metrics.put("top5", .9);
    Scores scores = new Scores(.123456789, metrics);
    assertThat(TestScores.read(folder, TestScores.Weights.BEST, 4)).isEmpty();
    TestScores.write(folder, TestScores.Weights.BEST, 4, scores);
    assertThat(TestScores.read(folder, TestScores.Weights.BEST, 4)).contains(scores);
    assertThat(TestScores.read(folder, TestScores.Weights.LAST, 4)).isEmpty();
    assertThat(TestScores.read(folder, TestScores.Weights.BEST, 5)).as("the run has gone on").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "epochs,loss\n", "epochs,loss\n1\n", "epochs,loss\n1,x\n", "loss,epochs\n1,1\n", "epochs,loss,a\n1,2\n"})
  void whatIsDamagedIsNamed(String text) throws IOException {
    Files.writeString(folder.resolve("test.csv"), text);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> TestScores.read(folder, TestScores.Weights.BEST, 1))
        .withMessage("'" + folder.resolve("test.csv") + "' is not as it was written; delete it, and it is measured anew");
  }
}
