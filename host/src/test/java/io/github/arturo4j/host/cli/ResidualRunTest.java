// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.arturo4j.host.cli.Cli.Outcome;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A residual network from the command line: trained, gone on with, evaluated, running statistics and all. */
class ResidualRunTest {
  @TempDir Path folder;

  private static Outcome succeeds(Object... words) {
    Outcome outcome = run(words);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  private Path experiment() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/experiments/fmnist_cnn-sgd.yaml")) {
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Files.writeString(
          folder.resolve("resnet.yaml"),
          yaml.replace("model: fmnist_cnn", "model: fmnist_resnet18").replace("batchSize: 255", "batchSize: 9"));
    }
  }

  @Test
  void aStepOfOneImageIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path data = SyntheticData.write(folder.resolve("data"), 22, 10);
    Path run = folder.resolve("run");
    refused(
        2,
        "fmnist_resnet18 normalises over the images of a step, and one image has no variance: batchSize (--batch-size)"
            + " is 1 for 22 images; choose 3 or more",
        "train", experiment(), "--data", data, "--out", run, "--batch-size", 1);
    assertThat(run).doesNotExist();
  }

  @Test
  void goesOnToTheBitAndIsEvaluatedWithItsRunningStatistics() throws IOException {
    Path data = SyntheticData.write(folder.resolve("data"), 22, 10);
    Path yaml = experiment();
    Path whole = folder.resolve("whole");
    succeeds("train", yaml, "--data", data, "--out", whole, "--epochs", 2);
    Path run = folder.resolve("run");
    succeeds("train", yaml, "--data", data, "--out", run, "--epochs", 1);
    succeeds("train", "--resume", run, "--data", data, "--epochs", 2);
    ResumeTest.assertSame(run, whole);

    Network network = ModelZoo.create("fmnist_resnet18");
    assertThat(RunReader.weights(run, RunReader.config(run)).buffers()).isNotEqualTo(network.initialBuffers());
    String[] last = ResumeTest.metrics(run).getLast().split(",");
    Outcome evaluated = succeeds("evaluate", run, "--data", data);
    String line = "fmnist_resnet18 on 10 test images in '" + data + "': loss ";
    assertThat(evaluated.out()).startsWith(line);
    double loss = Double.parseDouble(evaluated.out().substring(line.length()).split(",")[0]);
    // the training's batch of an evaluation is that of both sets: its products have other last bits
    assertThat(loss).isCloseTo(Double.parseDouble(last[4]), withinPercentage(1e-4));
    Path model = run.resolve("model.safetensors");
    assertThat(succeeds("evaluate", model, "--experiment", yaml, "--data", data).out()).isEqualTo(evaluated.out());
  }
}
