// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.mlflow.MlflowServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands in an environment that names an MLflow server. */
class MlflowCommandTest {
  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;

  @BeforeAll
  static void writeData() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 60, 20);
  }

  private String output(Map<String, String> environment, String... words) {
    CommandLine line = Main.commandLine(environment, words);
    StringWriter out = new StringWriter();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
    assertThat(line.execute(words)).as(out.toString()).isZero();
    return out.toString();
  }

  @Test
  void everyRunOfAComparisonIsARunThere() throws IOException {
    try (MlflowServer server = new MlflowServer()) {
      String out =
          output(
              Map.of("MLFLOW_TRACKING_URI", server.address(), "MLFLOW_EXPERIMENT_NAME", "bars"), "compare", "fmnist_cnn", "--optimizers",
              "adam,sgd", "--seeds", "5", "--epochs", "1", "--batch-size", "20", "--data", data.toString(), "--out",
              own.resolve("comparison").toString());
      assertThat(out).containsOnlyOnce("MLflow at " + server.address()).doesNotContain("Warning");
      assertThat(server.experiments).containsOnlyKeys("bars");
      assertThat(server.runs.values()).extracting(run -> run.name).containsExactly("adam-5", "sgd-5");
      assertThat(server.runs.values()).allSatisfy(
          run -> {
            assertThat(run.states).containsExactly("RUNNING", "FINISHED");
            assertThat(run.curve("test/accuracy")).containsOnlyKeys(3L);
          });
      assertThat(server.faults).isEmpty();
    }
  }

  @Test
  void anotherKindOfStoreIsWarnedOf() {
    String out =
        output(
            Map.of("MLFLOW_TRACKING_URI", "file:///mlruns"), "train", "fmnist_cnn", "--epochs", "1", "--batch-size", "20", "--data",
            data.toString(), "--out", own.resolve("run").toString());
    assertThat(out).containsOnlyOnce("Warning: MLFLOW_TRACKING_URI is 'file:///mlruns', which is no address of an MLflow server");
    assertThat(own.resolve("run/mlflow.json")).doesNotExist();
  }
}
