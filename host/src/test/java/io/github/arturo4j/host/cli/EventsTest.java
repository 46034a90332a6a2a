// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --events}. */
class EventsTest {
  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;

  @BeforeAll
  static void writeData() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 60, 20);
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private static List<String> told(Path file, String key) throws IOException {
    return lines(file).stream().filter(line -> !line.get("type").asText().equals("step")).map(line -> line.get(key).asText()).toList();
  }

  @Test
  void aTrainingThatGoesOnAppendsToTheFileInItsFolder() throws IOException {
    Path folder = own.resolve("run");
    Path events = folder.resolve("events.jsonl");
    Object[] train = {
      "train", "fmnist_cnn", "--data", data, "--batch-size", 20, "--epochs", 1, "--out", folder, "--events", events
    };
    Cli.Outcome begun = run(train);
    assertThat(begun.code()).as(begun.err()).isZero();
    assertThat(told(events, "type")).containsExactly("started", "checkpointed", "epoch", "checkpointed", "stopped");
    Cli.Outcome gone = run("train", "--resume", folder, "--epochs", 2, "--data", data, "--events", events);
    assertThat(gone.code()).as(gone.err()).isZero();
    assertThat(told(events, "type").subList(5, 9)).containsExactly("started", "epoch", "checkpointed", "stopped");
    assertThat(lines(events).get(lines(events).size() - 1).get("epoch").asInt()).isEqualTo(2);
    assertThat(told(events, "run")).containsOnly(folder.toString());
  }

  @Test
  void theRunsOfAComparisonTellWhichOneTheyAre() throws IOException {
    Path events = own.resolve("events.jsonl");
    Path out = own.resolve("comparison");
    Cli.Outcome compared =
        run("compare", "fmnist_cnn", "--optimizers", "adam,sgd", "--seeds", 5, "--epochs", 1, "--batch-size", 20, "--data", data,
            "--out", out, "--events", events);
    assertThat(compared.code()).as(compared.err()).isZero();
    List<String> runs = told(events, "run");
    assertThat(runs).hasSize(10);
    assertThat(runs.subList(0, 5)).containsOnly(out.resolve("runs/adam-5").toString());
    assertThat(runs.subList(5, 10)).containsOnly(out.resolve("runs/sgd-5").toString());
  }

  @Test
  void theFailureOfATrainingIsItsLine() throws IOException {
    Path events = own.resolve("events.jsonl");
    Cli.Outcome diverged =
        run("train", "fmnist_cnn", "--optimizer", "sgd", "--data", data, "--learning-rate", "1e30", "--out", own.resolve("run"),
            "--events", events);
    assertThat(diverged.code()).isEqualTo(3);
    JsonNode last = lines(events).getLast();
    assertThat(last.get("type").asText()).isEqualTo("failed");
    assertThat(last.get("message").asText()).matches("the .* is (NaN|-?Infinity).*; train anew with a smaller --learning-rate");
  }

  @Test
  void whereEventsCannotBeWrittenNothingIsTrained() {
    Path folder = own.resolve("run");
    refused(
        2, "--events is '" + own + "', which cannot be written: it is a folder; name a file that you may write", "train",
        "fmnist_cnn", "--data", data, "--out", folder, "--events", own);
    assertThat(folder).doesNotExist();
    assumeThat(Path.of("/dev/full")).exists();
    refused(
        1, "cannot write the events to '/dev/full': no space left on the device; make room", "train", "fmnist_cnn", "--data", data,
        "--out", folder, "--events", "/dev/full");
    assertThat(folder.resolve("checkpoint.safetensors")).doesNotExist();
  }
}
