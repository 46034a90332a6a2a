// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.kernels.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/** {@code --profile}, {@code --cuda-graphs}, {@code --print-kernels} and {@code bench model}. */
class DiagnosticsTest {
  private static final boolean TORNADOVM = TaskGraph.class.getModule().isNamed();

  @TempDir static Path shared;
  @TempDir Path temporary;
  private static Path data;

  @BeforeAll
  static void writeData() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 60, 10);
  }

  private Cli.Outcome train(Object... more) {
    List<Object> arguments =
        new java.util.ArrayList<>(
            List.of("train", "fmnist_cnn", "--data", data, "--batch-size", "10", "--out", temporary.resolve("run")));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray());
  }

  @Test
  void aProfileSaysWhereAStepsTimeGoes() throws IOException {
    Cli.Outcome outcome = train("--epochs", "2", "--profile");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("Where a step's time goes, means of 2 profiled steps", "host overhead", "  updateGaussian", "Done: ");
    List<String> csv = Files.readAllLines(temporary.resolve("run/profile.csv"));
    assertThat(csv.getFirst()).isEqualTo("step,group,item,microseconds,bytes");
    assertThat(csv)
        .anyMatch(line -> line.matches("6,forward,convolution0,[0-9.]+,"))
        .anyMatch(line -> line.matches("11,transfers,copy_in,[0-9.]+,[1-9][0-9]*"))
        .anyMatch(line -> line.matches("11,step,wall,[0-9.]+,"));
    JsonNode json = new ObjectMapper().readTree(temporary.resolve("run/profile.json").toFile());
    double sum = json.get("hostMicros").asDouble() + json.get("copyInMicros").asDouble()
        + json.get("copyOutMicros").asDouble();
    for (JsonNode task : json.get("tasks")) {
      sum += task.get("kernelMicros").asDouble();
    }
    assertThat(sum).isCloseTo(json.get("stepMicros").asDouble(), org.assertj.core.api.Assertions.within(0.1));
    assertThat(json.get("tasks").get(1).get("flops").asLong()).isPositive();
  }

  @Test
  void aTrainingTooShortForAProfileSaysSo() {
    Cli.Outcome outcome = train("--epochs", "1", "--limit-train", "20", "--profile");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("No profile: the training made too few steps");
    assertThat(temporary.resolve("run/profile.csv")).doesNotExist();
  }

  @Test
  void cudaGraphsAreUsedWhereThereAreSome() {
    Cli.Outcome outcome = train("--epochs", "1", "--limit-train", "20", "--cuda-graphs", "--device", "cpu");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("has none; training goes on without them");
    Cli.refused(2, "--profile contradicts --cuda-graphs", "train", "fmnist_cnn", "--profile", "--cuda-graphs");
  }

  @Test
  void theJvmDeviceHasNoKernelsToPrint() {
    assumeFalse(TORNADOVM);
    Path folder = temporary.resolve("kernels");
    for (String command : List.of("train fmnist_cnn", "doctor", "bench loops", "bench model")) {
      Object[] words = (command + " --print-kernels " + folder).split(" ");
      Cli.refused(2, "--print-kernels: the JVM device generates no code", words);
    }
    assertThat(folder).doesNotExist();
  }

  @Test
  void aModelOfAnotherDeviceIsAPrediction() {
    Cli.Outcome outcome = Cli.run("bench", "model", "--bandwidth", "3350", "--peak", "67000", "--launch", "3");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("a PREDICTION for a device of 3350.0 GB/s, 67000.0 GFLOP/s and 3.0 µs", "MFLOP forward and backward")
        .doesNotContain("measured µs");
  }

  @Test
  void aGpusStepIsPredictedAnywhere() {
    Cli.Outcome outcome =
        Cli.run("bench", "model", "--bandwidth", "3350", "--peak", "67000", "--launch", "3", "--shape", "groups");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("convolution0BackParameters", "updateGaussian").doesNotContain("evaluateKl2");
    if (!Devices.list().getFirst().device().getDeviceType().equals(TornadoDeviceType.GPU)) {
      assertThat(outcome.out()).contains("with the tasks that a device of the shape groups would run");
    }
    Cli.Outcome chunks =
        Cli.run("bench", "model", "--bandwidth", "3350", "--peak", "67000", "--launch", "3", "--shape", "chunks");
    assertThat(chunks.out()).contains("evaluateKl2");
  }

  @Test
  void aModelNeedsAWholeDevice() {
    Cli.refused(2, "--shape groups is for a prediction; give --bandwidth", "bench", "model", "--shape", "groups");
    Cli.refused(2, "'tiles'", "bench", "model", "--shape", "tiles");
    Cli.refused(2, "give all three or none", "bench", "model", "--peak", "3");
    Cli.refused(2, "not -1.0 GB/s", "bench", "model", "--bandwidth", "-1", "--peak", "3", "--launch", "1");
    Cli.refused(2, "nosuch", "bench", "model", "nosuch");
  }
}
