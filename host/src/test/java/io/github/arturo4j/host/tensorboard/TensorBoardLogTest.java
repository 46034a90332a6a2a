// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.protobuf.ProtoMessage;
import io.github.arturo4j.host.protobuf.ProtoReader;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.train.Small;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.host.train.TrainingStart;
import io.github.arturo4j.kernels.device.Devices;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The curves of a training of two epochs of three steps. */
class TensorBoardLogTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.250Z");

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private Path run() {
    return folder.resolve("run");
  }

  private static TrainingSetup setup(String optimizer) {
    Experiment experiment = Small.experiment(optimizer).change().evaluateAt(List.of(2)).build();
    return TrainingSetup.of(experiment, Small.TRAIN, Small.TEST, Devices.find(null));
  }

  /** Trains, until it was asked so many times whether to stop; 0 for to the end. */
  private void train(String optimizer, int stopAt, TrainingListener... more) {
    int[] asked = {0};
    try (TrainingJob job = TrainingJob.beginOrResume(run(), setup(optimizer))) {
      List<TrainingListener> listeners = new ArrayList<>();
      listeners.add(new TensorBoardLog(job.folder(), warnings::add, () -> TIME));
      listeners.addAll(List.of(more));
      job.listeners(listeners).stopWhen(() -> ++asked[0] == stopAt).run();
    }
  }

  @Test
  void aFileBeginsAsTensorBoardExpects() throws IOException {
    train("sgd", 0);
    List<Path> files = EventReader.files(run());
    assertThat(files).hasSize(1);
    assertThat(files.getFirst().getFileName().toString()).matches("events\\.out\\.tfevents\\.1767323045\\.[A-Za-z0-9.-]+");
    List<ProtoReader> events = EventReader.events(files.getFirst());
    assertThat(events.getFirst().texts(3)).containsExactly("brain.Event:2");
    assertThat(events.getFirst().values(1)).containsExactly(1767323045.25);
    assertThat(events.get(1).messages(7)).hasSize(1);
    assertThat(events.subList(2, events.size())).allSatisfy(event -> assertThat(event.messages(5)).hasSize(1));
  }

  @Test
  void scalarsAreThoseOfTheRunAtItsSteps() throws IOException {
    train("arturo", 0);
    Map<String, TreeMap<Long, Float>> scalars = EventReader.scalars(run());
    assertThat(scalars.keySet())
        .containsExactlyInAnyOrder(
            "train/loss", "train/accuracy", "test/loss", "test/accuracy", "rate", "eta", "kl", "negative_curvature", "step/loss",
            "step/seconds");
    List<EpochRow> rows = RunReader.rows(run());
    for (int epoch = 1; epoch <= 2; epoch++) {
      long step = 3L * epoch;
      EpochRow row = rows.get(epoch - 1);
      assertThat(scalars.get("train/loss").get(step)).isCloseTo((float) row.trainLoss(), within());
      assertThat(scalars.get("test/loss").get(step)).isCloseTo((float) row.judgedLoss(), within());
      assertThat(scalars.get("test/accuracy").get(step)).isCloseTo((float) row.judged().metric("accuracy"), within());
      assertThat(scalars.get("rate").get(step)).isCloseTo((float) row.rate(), within());
      assertThat(scalars.get("kl").get(step)).isCloseTo((float) row.klTaken(), within());
      assertThat(scalars.get("eta").get(step)).isCloseTo((float) row.eta(), within());
    }
    assertThat(scalars.get("train/loss")).containsOnlyKeys(3L, 6L);
    assertThat(scalars.get("test/loss")).containsOnlyKeys(2L, 3L, 6L);
    assertThat(scalars.get("test/loss").get(2L)).isNotEqualTo(scalars.get("test/loss").get(3L));
    assertThat(scalars.get("step/loss")).containsKeys(1L, 4L);
    assertThat(scalars.get("step/seconds").values()).allSatisfy(seconds -> assertThat(seconds).isPositive());
    assertThat(warnings).isEmpty();
  }

  private static Offset<Float> within() {
    return offset(1e-4f);
  }

  @Test
  void whatIsNoNumberIsLeftOut() throws IOException {
    train("adam", 0);
    assertThat(EventReader.scalars(run())).containsKeys("rate", "train/loss").doesNotContainKeys("eta", "kl", "negative_curvature");
  }

  /** As after a kill, what was told of steps behind the checkpoint is void. */
  @Test
  void aTrainingThatGoesOnDropsLaterStepsAndKeepsThoseBefore() throws IOException {
    train("arturo", 7); // before the second epoch: six questions in the first, of which three are before evaluations
    assertThat(RunReader.rows(run())).hasSize(1);
    Map<String, TreeMap<Long, Float>> before = EventReader.scalars(run());
    assertThat(before.get("train/loss")).containsOnlyKeys(3L);
    Path first = EventReader.files(run()).getFirst();
    try (RecordFile file = new RecordFile(Files.newByteChannel(first, StandardOpenOption.APPEND))) {
      file.write(EventMessage.scalars(TIME, 6, Map.of("train/loss", 99.0)));
      file.write(EventMessage.scalars(TIME, 60, Map.of("train/loss", 99.0)));
    }
    train("arturo", 0);
    assertThat(EventReader.files(run())).hasSize(2).first().isEqualTo(first);
    Map<String, TreeMap<Long, Float>> scalars = EventReader.scalars(run());
    assertThat(scalars.get("train/loss")).containsOnlyKeys(3L, 6L).doesNotContainValue(99f);
    assertThat(scalars.get("train/loss").get(3L)).isEqualTo(before.get("train/loss").get(3L));
    assertThat(scalars.get("test/loss")).containsOnlyKeys(2L, 3L, 6L);

    Path plain = folder.resolve("plain");
    try (TrainingJob job = TrainingJob.begin(plain, setup("arturo"))) {
      job.run();
    }
    for (String file : List.of("model.safetensors", "precision.safetensors", "checkpoint.safetensors")) {
      assertThat(Files.mismatch(plain.resolve(file), run().resolve(file))).as(file).isEqualTo(-1);
    }
  }

  /** The checksum of an event that TensorBoard's own writer has made is the same by the reader's division and by the writer. */
  @Test
  void aRecordIsFramedByLengthAndMaskedChecksums() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new RecordFile(Channels.newChannel(out)).write(new ProtoMessage().text(3, "brain.Event:2"));
    String hex = HexFormat.of().formatHex(out.toByteArray());
    assertThat(hex).startsWith("0f00000000000000").contains("1a0d627261696e2e4576656e743a32").hasSize(2 * (8 + 4 + 15 + 4));
    assertThat(EventReader.masked("123456789".getBytes())).as("of the check value e3069283")
        .isEqualTo(Integer.rotateRight(0xe3069283, 15) + 0xa282ead8);
    assertThat(hex.substring(16, 24)).isEqualTo(little(EventReader.masked(HexFormat.of().parseHex("0f00000000000000"))));
  }

  private static String little(int value) {
    return HexFormat.of().toHexDigits(Integer.reverseBytes(value));
  }

  @Test
  void aFolderThatCannotBeWrittenToIsAnErrorAtTheBeginning() throws IOException {
    try (TrainingJob job = TrainingJob.begin(run(), setup("sgd"))) {
      TensorBoardLog log = new TensorBoardLog(job.folder(), warnings::add, () -> TIME);
      TrainingListener away =
          new TrainingListener() {
            @Override
            public void started(TrainingStart start) {
              try {
                Files.move(run(), folder.resolve("moved"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          };
      job.listeners(List.of(away, log));
      assertThatExceptionOfType(OperationException.class)
          .isThrownBy(job::run)
          .withMessageMatching("cannot write into '.*run': there is no such file; .*, or leave out --tensorboard");
    }
  }
}
