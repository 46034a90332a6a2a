// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.run.Checkpoint;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.train.EpochResult;
import io.github.arturo4j.host.train.Small;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.kernels.device.Devices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training of two epochs of three steps tells. */
class EventLogTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private Path events() {
    return folder.resolve("events.jsonl");
  }

  private Path run() {
    return folder.resolve("run");
  }

  private List<JsonNode> lines() {
    try {
      List<JsonNode> lines = new ArrayList<>();
      for (String line : Files.readAllLines(events())) {
        lines.add(JSON.readTree(line));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<JsonNode> lines(String type) {
    return lines().stream().filter(line -> line.get("type").asText().equals(type)).toList();
  }

  private static List<String> names(JsonNode line) {
    List<String> names = new ArrayList<>();
    line.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static TrainingSetup setup(String optimizer) {
    Experiment experiment = Small.experiment(optimizer).change().evaluateAt(List.of(2)).build();
    return TrainingSetup.of(experiment, Small.TRAIN, Small.TEST, Devices.find(null));
  }

  /** Trains, until it was asked so many times whether to stop; 0 for to the end. */
  private void train(String optimizer, int stopAt, TrainingListener... more) {
    int[] asked = {0};
    try (TrainingJob job = TrainingJob.beginOrResume(run(), setup(optimizer)); EventFile file = new EventFile(events())) {
      List<TrainingListener> listeners = new ArrayList<>();
      Instant time = Instant.parse("2026-01-02T03:04:05.060Z");
      listeners.add(new EventLog(file, job, failure -> "in a line: " + failure.getMessage(), warnings::add, () -> time));
      listeners.addAll(List.of(more));
      job.listeners(listeners).stopWhen(() -> ++asked[0] == stopAt).run();
    }
  }

  @Test
  void linesTellWhatTheTrainingDoes() {
    train("arturo", 0);
    assertThat(lines()).allSatisfy(
        line -> {
          assertThat(line.get("time").asText()).isEqualTo("2026-01-02T03:04:05.060Z");
          assertThat(line.get("run").asText()).isEqualTo(run().toString());
        });
    assertThat(lines().stream().map(line -> line.get("type").asText()).filter(type -> !type.equals("step")))
        .containsExactly("started", "checkpointed", "evaluated", "epoch", "checkpointed", "epoch", "checkpointed", "stopped");
    JsonNode started = lines().getFirst();
    assertThat(names(started))
        .containsExactly(
            "time", "type", "run", "experiment", "optimizer", "epochs", "steps", "epoch", "step", "parameters", "deviceBytes",
            "metrics", "judgedBy");
    assertThat(started.get("experiment").asText()).isEqualTo("fmnist_cnn");
    assertThat(started.get("optimizer").asText()).isEqualTo("arturo (robust)");
    assertThat(started.get("epochs").asInt()).isEqualTo(2);
    assertThat(started.get("steps").asInt()).isEqualTo(3);
    assertThat(started.get("epoch").asInt()).isZero();
    assertThat(started.get("step").asInt()).isZero();
    assertThat(started.get("parameters").asInt()).isEqualTo(setup("arturo").config().network().parameterCount());
    assertThat(started.get("deviceBytes").asLong()).isGreaterThan(4L * started.get("parameters").asInt());
    assertThat(started.get("metrics").toString()).isEqualTo("[{\"name\":\"accuracy\",\"higherIsBetter\":true}]");
    assertThat(started.get("judgedBy").asText()).isEqualTo("test");
    assertThat(lines("stopped").getFirst().get("finished").asBoolean()).isTrue();
    assertThat(lines("stopped").getFirst().get("epoch").asInt()).isEqualTo(2);
    assertThat(warnings).isEmpty();
  }

  @Test
  void linesOfAnEpochHaveItsNumbers() {
    train("arturo", 0);
    List<EpochRow> rows = RunReader.rows(run());
    List<JsonNode> epochs = lines("epoch");
    for (int i = 0; i < 2; i++) {
      JsonNode line = epochs.get(i);
      EpochRow row = rows.get(i);
      assertThat(names(line))
          .containsExactly(
              "time", "type", "run", "epoch", "rate", "trainLoss", "trainMetrics", "loss", "metrics", "judgedBy", "networkSeconds",
              "optimizerSeconds", "evaluationSeconds", "eta", "klTaken", "negativeCurvature", "skippedSteps");
      assertThat(line.get("epoch").asInt()).isEqualTo(i + 1);
      assertThat(line.get("rate").asDouble()).isCloseTo(row.rate(), within(1e-7));
      assertThat(line.get("trainLoss").asDouble()).isCloseTo(row.trainLoss(), within(1e-6));
      assertThat(line.get("loss").asDouble()).isCloseTo(row.judgedLoss(), within(1e-6));
      assertThat(line.get("trainMetrics").get("accuracy").asDouble()).isBetween(0.0, 1.0);
      assertThat(line.get("metrics").get("accuracy").asDouble())
          .isCloseTo(row.judged().metric("accuracy"), within(1e-4));
      assertThat(line.get("networkSeconds").asDouble()).isPositive();
      assertThat(line.get("klTaken").asDouble()).isPositive();
      assertThat(line.get("skippedSteps").asInt()).isZero();
    }
    JsonNode evaluated = lines("evaluated").getFirst();
    assertThat(evaluated.get("step").asInt()).isEqualTo(2);
    assertThat(evaluated.get("judgedBy").asText()).isEqualTo("test");
    assertThat(evaluated.get("loss").asDouble()).isPositive().isNotEqualTo(epochs.getFirst().get("loss").asDouble());
    assertThat(evaluated.get("metrics").get("accuracy").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void theFirstStepOfEachEpochIsToldWithLossTimeAndEta() {
    train("arturo", 0);
    List<JsonNode> first = lines("step").stream().filter(line -> line.get("step").asInt() == 1).toList();
    assertThat(first).hasSize(2);
    for (JsonNode line : first) {
      assertThat(names(line))
          .containsExactly("time", "type", "run", "epoch", "step", "steps", "loss", "seconds", "examplesPerSecond", "eta");
      assertThat(line.get("steps").asInt()).isEqualTo(3);
      assertThat(line.get("loss").asDouble()).isBetween(0.5, 5.0);
      assertThat(line.get("seconds").asDouble()).isPositive();
      assertThat(line.get("examplesPerSecond").asDouble()).isPositive();
      assertThat(line.get("eta").asDouble()).isNotNegative();
    }
    assertThat(first.getFirst().get("epoch").asInt()).isEqualTo(1);
    assertThat(first.getFirst().get("examplesPerSecond").asDouble() * first.getFirst().get("seconds").asDouble())
        .isCloseTo(5, within(1e-9));
    assertThat(first.getLast().get("loss").asDouble()).isNotEqualTo(first.getFirst().get("loss").asDouble());
  }

  @Test
  void whatIsNoNumberIsNull() {
    train("adam", 0);
    assertThat(lines("epoch")).hasSize(2).allSatisfy(
        line -> {
          assertThat(line.get("eta").isNull()).isTrue();
          assertThat(line.get("klTaken").isNull()).isTrue();
          assertThat(line.get("negativeCurvature").isNull()).isTrue();
          assertThat(line.get("loss").isDouble()).isTrue();
        });
    assertThat(lines("step").getFirst().get("eta").isNull()).isTrue();
  }

  @Test
  void aTrainingThatGoesOnSaysFromWhereAndNoBitOfItChanges() throws IOException {
    train("arturo", 3); // before the third step of the first epoch
    assertThat(lines().getLast().get("finished").asBoolean()).isFalse();
    assertThat(lines().getLast().get("step").asInt()).isEqualTo(2);
    int before = lines().size();
    train("arturo", 0);
    JsonNode again = lines().get(before);
    assertThat(again.get("type").asText()).isEqualTo("started");
    assertThat(again.get("epoch").asInt()).isZero();
    assertThat(again.get("step").asInt()).isEqualTo(2);
    assertThat(lines("epoch").stream().map(line -> line.get("epoch").asInt())).containsExactly(1, 2);
    assertThat(lines("evaluated")).hasSize(1);

    Path plain = folder.resolve("plain");
    try (TrainingJob job = TrainingJob.begin(plain, setup("arturo"))) {
      job.run();
    }
    for (String file : List.of("model.safetensors", "precision.safetensors", "checkpoint.safetensors", "steps.csv")) {
      assertThat(Files.mismatch(plain.resolve(file), run().resolve(file))).as(file).isEqualTo(-1);
    }
  }

  @Test
  void aLineIsWrittenBeforeTheTrainingGoesOnAndItsFailureIsTheLast() {
    TrainingListener next =
        new TrainingListener() {
          @Override
          public void checkpointed(Checkpoint reached) {
            assertThat(lines().getLast().get("type").asText()).isEqualTo("checkpointed");
          }

          @Override
          public void epochDone(EpochResult epoch) {
            assertThat(lines().getLast().get("type").asText()).isEqualTo("epoch");
            throw new IllegalStateException("no \"more\"\nof it");
          }
        };
    assertThatIllegalStateException().isThrownBy(() -> train("sgd", 0, next)).withMessageStartingWith("no ");
    assertThat(lines().getLast().get("type").asText()).isEqualTo("failed");
    assertThat(lines().getLast().get("message").asText()).isEqualTo("in a line: no \"more\"\nof it");
    assertThat(lines("stopped")).isEmpty();
  }

  @Test
  void aWarningIsALine() throws IOException {
    Path plot = run().resolve("plot.svg");
    TrainingListener obstacle =
        new TrainingListener() {
          @Override
          public void epochStarted(int epoch, int steps) {
            try {
              Files.createDirectories(plot.resolve("in the way"));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    train("sgd", 0, obstacle);
    assertThat(lines("warning")).singleElement()
        .satisfies(line -> assertThat(line.get("message").asText()).startsWith("cannot draw '" + plot + "': "));
  }
}
