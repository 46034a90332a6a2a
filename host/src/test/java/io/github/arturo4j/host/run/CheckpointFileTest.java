// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.plan.TrainingState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
  private static final Provenance ORIGIN =
      new Provenance(
          Experiments.find("fmnist_cnn"), null, new Fingerprint(3, "training", 1), Map.of("java", "25"));

  private static final List<EpochRow> ROWS = List.of(MetricsCsvTest.row(1), MetricsCsvTest.row(2));

  @TempDir Path folder;
  private Path path;
  private CheckpointFile file;
  private Checkpoint checkpoint;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("checkpoint.safetensors");
    file = new CheckpointFile(path);
    Map<String, float[]> optimizer = new LinkedHashMap<>();
    optimizer.put("precision", new float[] {1, Float.MIN_VALUE, 3});
    optimizer.put("dual", new float[] {Float.POSITIVE_INFINITY, Float.NaN});
    float[] parameters = {-0f, 1e-30f, 5};
    checkpoint =
        new Checkpoint(
            new TrainingPosition(3, 17),
            new TrainingState(1L << 40, new Weights(parameters, new float[] {0.5f, 2}), optimizer));
    file.write(checkpoint, ORIGIN, ROWS, List.of());
  }

  @Test
  void whatIsWrittenIsRead() {
    assertIsRead();
    assertThat(file.rows()).isEqualTo(ROWS.stream().map(EpochRow::timeless).toList());
    assertThat(folder.toFile().list()).containsExactly("checkpoint.safetensors");
  }

  private void assertIsRead() {
    assertThat(file.images()).isEqualTo(ORIGIN.images());
    Checkpoint read = file.read(ORIGIN);
    assertThat(read.position()).isEqualTo(checkpoint.position());
    assertThat(read.state().steps()).isEqualTo(checkpoint.state().steps());
    assertThat(read.state().weights().parameters()).isEqualTo(checkpoint.state().weights().parameters());
    assertThat(read.state().weights().buffers()).isEqualTo(checkpoint.state().weights().buffers());
    assertThat(read.state().optimizer().keySet()).containsExactly("precision", "dual");
    checkpoint.state().optimizer().forEach(
        (name, values) -> assertThat(read.state().optimizer().get(name)).as(name).isEqualTo(values));
  }

  @Test
  void noTornFileIsTaken() throws IOException {
    byte[] whole = Files.readAllBytes(path);
    for (int length = 0; length < whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertThatIllegalArgumentException()
          .as("%d bytes", length)
          .isThrownBy(() -> file.read(ORIGIN))
          .withMessageContaining("is torn or altered (")
          .withMessageEndingWith("); put back a copy of it, or train anew");
    }
  }

  @Test
  void noAlteredByteIsTaken() throws IOException {
    byte[] whole = Files.readAllBytes(path);
    for (int i = 0; i < whole.length; i++) {
      byte[] altered = whole.clone();
      altered[i] ^= 1;
      Files.write(path, altered);
      assertThatExceptionOfType(IllegalArgumentException.class)
          .as("byte %d, '%c'", i, whole[i])
          .isThrownBy(() -> file.read(ORIGIN))
          .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
          .withMessageContaining(path.toString());
    }
  }

  /** What a version that kept its checksum elsewhere has written. */
  @Test
  void aCheckpointOfAnEarlierVersionIsRead() throws IOException {
    try (InputStream earlier = getClass().getResourceAsStream("/checkpoint-0.1.safetensors")) {
      Files.write(path, earlier.readAllBytes());
    }
    assertIsRead();
    assertThat(file.rows()).isNull();
    byte[] altered = Files.readAllBytes(path);
    altered[altered.length - 1] ^= 1;
    Files.write(path, altered);
    refused("its content does not have the checksum it was written with");
  }

  private void refused(String how) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> file.read(ORIGIN))
        .withMessage(
            "the checkpoint '" + path + "' is torn or altered (" + how + "); put back a copy of it, or train anew");
  }

  /** The checksum is right, and yet no training wrote that. */
  @Test
  void forgedFieldsAreRefused() throws IOException {
    field("epoch", null, "it has no 'epoch'");
    field("epoch", "0", "its 'epoch' is 0");
    field("epoch", "-1", "its 'epoch' is -1");
    field("epoch", "2147483648", "its 'epoch' is 2147483648");
    field("epoch", "3.0", "its 'epoch' is 3.0");
    field("epoch", "٣", "its 'epoch' is ٣");
    field("epoch", "+3", "its 'epoch' is +3");
    field("step", "017", "its 'step' is 017");
    field("epoch", "a\nb", "its 'epoch' is a\\nb");
    field("step", null, "it has no 'step'");
    field("step", "-1", "its 'step' is -1");
    field("steps", "9223372036854775808", "its 'steps' is 9223372036854775808");
    field("steps", "", "its 'steps' is ");
    field("provenance", null, "it has no 'provenance'");
    field("provenance", "weights: 3\n", "its 'provenance' is none that a training writes");
  }

  private void field(String key, String value, String how) throws IOException {
    Map<String, String> metadata = metadata();
    if (value == null) {
      metadata.remove(key);
    } else {
      metadata.put(key, value);
    }
    SequencedMap<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    tensors.put("parameters", floats(1, 2));
    Safetensors.write(path, tensors, metadata);
    refused(how);
  }

  @Test
  void rowsAreThoseOfTheEpochsThatAreDone() throws IOException {
    String[] forged = {rows(), rows(1), rows(2, 1), rows(1, 1), rows(1, 2, 3), rows(1, 7)};
    for (String rows : forged) {
      Map<String, String> metadata = metadata();
      metadata.put("rows", rows);
      Safetensors.write(path, new LinkedHashMap<>(Map.of("parameters", floats(1, 2))), metadata);
      assertThatIllegalArgumentException().as(rows).isThrownBy(file::rows)
          .withMessage(
              "the checkpoint '" + path
                  + "' is torn or altered (its 'rows' are not those of epochs 1 to 2); put back a copy of it, or train anew");
    }
  }

  private static String rows(int... epochs) {
    return IntStream.of(epochs).mapToObj(epoch -> MetricsCsvTest.row(epoch).timeless().csv()).collect(Collectors.joining("\n"));
  }

  private static Map<String, String> metadata() {
    return new HashMap<>(
        Map.of(
            "format", "arturo4j checkpoint 1", "provenance", ORIGIN.text(), "epoch", "3", "step", "17", "steps", "34"));
  }

  private static Safetensors.Tensor floats(float... values) {
    return new Safetensors.Tensor(new int[] {values.length}, values);
  }

  @Test
  void forgedTensorsAreRefused() throws IOException {
    tensor("buffers", floats(1), "it has no parameters");
    tensor("other", floats(1), "it has a tensor other");
    tensor("parameters", new Safetensors.Tensor(new int[] {}, new float[1]), "its parameters is not flat");
    tensor("parameters", new Safetensors.Tensor(new int[] {1, 1}, new float[1]), "its parameters is not flat");
    tensor("parameters", new Safetensors.Integers(new int[] {1}, new long[1]),
        "cannot read '" + path + "': tensor parameters has type 'I64'; weights are read from F32, F64, F16 and BF16:"
            + " convert it, in PyTorch with .float()");
  }

  private void tensor(String name, Safetensors.Entry tensor, String how) throws IOException {
    SequencedMap<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    tensors.put(name, tensor);
    Safetensors.write(path, tensors, metadata());
    refused(how);
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CheckpointFile(folder.resolve("none")).read(ORIGIN))
        .withMessageContaining("there is no '")
        .withMessageContaining("train the experiment anew");
    Safetensors.write(path, new LinkedHashMap<>(), Map.of("format", "pt"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> file.read(ORIGIN))
        .withMessageContaining("is no arturo4j checkpoint 1 (format: pt)");
  }

  @Test
  void aCheckpointOfOtherSettingsOrImagesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> file.read(with(ORIGIN.experiment().with(null, null, 43L, ORIGIN.experiment().optimizer()))))
        .withMessageContaining("other settings than those in config.yaml: 'seed: 42' there, 'seed: 43' here");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> file.read(new Provenance(ORIGIN.experiment(), null, new Fingerprint(4, "training", 2), Map.of())))
        .withMessageContaining("on 3 training examples of checksum 00000001, but there are 4 training examples of")
        .withMessageContaining("--data");
  }

  private static Provenance with(Experiment experiment) {
    return new Provenance(experiment, null, ORIGIN.images(), ORIGIN.versions());
  }

  @Test
  void moreEpochsAndOtherVersionsAreNoOtherTraining() {
    Experiment longer = ORIGIN.experiment().with(200, null, null, ORIGIN.experiment().optimizer());
    assertThat(file.read(with(longer)).position()).isEqualTo(checkpoint.position());
    assertThat(file.read(new Provenance(longer, null, ORIGIN.images(), Map.of("java", "26"))).position())
        .isEqualTo(checkpoint.position());
  }
}
