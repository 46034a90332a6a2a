// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.plan.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A run's checkpoint on disk: a safetensors file of the parameters, the running statistics if there are any, and the
 * optimizer's arrays, flat, with the position, the rows of the epochs that are done (without their times, so that the
 * same training has the same bits) and the {@link Provenance} in its metadata.
 */
final class CheckpointFile {
  private static final String FORMAT = "arturo4j checkpoint 1";
  private static final String PARAMETERS = "parameters";
  private static final String BUFFERS = "buffers";
  private static final String OPTIMIZER = "optimizer.";
  private static final String ROWS = "rows";

  /** The metrics of the rows, in the order of their columns; earlier versions have none but {@link #EARLIER_METRIC}. */
  private static final String METRICS = "metrics";

  /** The set that the rows' epochs are judged by. */
  private static final String JUDGED_BY = "judgedBy";

  /** The table of the evaluations after steps; none if there are none. */
  private static final String STEP_ROWS = "stepRows";

  private static final EpochRow.Header NO_ROWS = new EpochRow.Header(List.of(), JudgingSet.test);

  private static final String EARLIER_METRIC = "accuracy";

  /** Where earlier versions have the checksum. */
  private static final String EARLIER_CHECKSUM = "sha256";

  private final Path file;

  CheckpointFile(Path file) {
    this.file = file;
  }

  /**
   * Replaces the checkpoint; if that fails, the one before is untouched.
   *
   * @param rows of the epochs that are done
   * @param steps evaluations after steps so far
   */
  void write(Checkpoint checkpoint, Provenance provenance, List<EpochRow> rows, List<StepRow> steps) throws IOException {
    SequencedMap<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    Weights weights = checkpoint.state().weights();
    tensors.put(PARAMETERS, flat(weights.parameters()));
    if (weights.buffers().length > 0) {
      tensors.put(BUFFERS, flat(weights.buffers()));
    }
    checkpoint.state().optimizer().forEach((name, values) -> tensors.put(OPTIMIZER + name, flat(values)));
    EpochRow.Header header = rows.isEmpty() ? NO_ROWS : rows.getFirst().header();
    Map<String, String> metadata = new TreeMap<>(
        Map.of(
            "format", FORMAT,
            Provenance.KEY, provenance.text(),
            "epoch", Integer.toString(checkpoint.position().epoch()),
            "step", Integer.toString(checkpoint.position().step()),
            "steps", Long.toString(checkpoint.state().steps()),
            METRICS, String.join(",", header.metrics()),
            JUDGED_BY, header.judgedBy().toString(),
            ROWS, rows.stream().map(row -> row.timeless().csv()).collect(Collectors.joining("\n"))));
    if (!steps.isEmpty()) {
      metadata.put(STEP_ROWS, StepRow.table(steps));
    }
    Safetensors.write(file, tensors, metadata);
  }

  private static Safetensors.Tensor flat(float[] values) {
    return new Safetensors.Tensor(new int[] {values.length}, values);
  }

  /**
   * Reads the checkpoint.
   *
   * @throws InputException if there is none, it is damaged, or of another training; one line
   */
  Checkpoint read(Provenance provenance) {
    if (!Files.exists(file)) {
      throw new InputException(
          "there is no '" + file + "' to go on from; train the experiment anew, without --resume");
    }
    try (SafetensorsFile content = open()) {
      Map<String, String> metadata = content.metadata();
      if (!FORMAT.equals(metadata.get("format"))) {
        throw new InputException(
            Printable.of(
                "'" + file + "' is no " + FORMAT + " (format: "
                    + Printable.value(String.valueOf(metadata.get("format")))
                    + "); put back the file that the training wrote, or train anew"));
      }
      if (!content.isChecked() && !content.contentHash(EARLIER_CHECKSUM).equals(metadata.get(EARLIER_CHECKSUM))) {
        throw damaged("its content does not have the checksum it was written with", null);
      }
      provenance.check(file, provenance(metadata));
      return new Checkpoint(position(metadata), state(content, number(metadata, "steps", 0)));
    }
  }

  private TrainingPosition position(Map<String, String> metadata) {
    return new TrainingPosition((int) number(metadata, "epoch", 1), (int) number(metadata, "step", 0));
  }

  /**
   * The epochs that are done, as the metadata tell them.
   *
   * @throws InputException if the file is damaged; one line
   */
  int epochs() {
    try (SafetensorsFile content = open()) {
      return position(content.metadata()).epochs();
    }
  }

  /**
   * The rows of the epochs that are done, without their times, as the metadata tell them; null in a checkpoint of an
   * earlier version.
   *
   * @throws InputException if the file is damaged; one line
   */
  List<EpochRow> rows() {
    try (SafetensorsFile content = open()) {
      String text = content.metadata().get(ROWS);
      if (text == null) {
        return null;
      }
      String told = content.metadata().getOrDefault(METRICS, EARLIER_METRIC);
      List<String> metrics = told.isEmpty() ? List.of() : List.of(told.split(",", -1));
      EpochRow.Header header = new EpochRow.Header(metrics, judgedBy(content.metadata()));
      List<EpochRow> rows = text.lines().map(line -> row(line, header)).toList();
      int epochs = position(content.metadata()).epochs();
      if (!rows.stream().map(EpochRow::epoch).toList().equals(IntStream.rangeClosed(1, epochs).boxed().toList())) {
        throw damaged("its '" + ROWS + "' are not those of epochs 1 to " + epochs, null);
      }
      return rows;
    }
  }

  /** The evaluations after steps so far, as the metadata tell them; errors as {@link #rows}. */
  List<StepRow> stepRows() {
    try (SafetensorsFile content = open()) {
      return StepRow.parse(content.metadata().getOrDefault(STEP_ROWS, ""));
    } catch (IllegalArgumentException e) {
      throw e instanceof InputException ? e : damaged("its '" + STEP_ROWS + "' are none: " + e.getMessage(), e);
    }
  }

  private JudgingSet judgedBy(Map<String, String> metadata) {
    String told = metadata.getOrDefault(JUDGED_BY, JudgingSet.test.toString()); // as in earlier versions
    return Stream.of(JudgingSet.values())
        .filter(set -> set.toString().equals(told))
        .findFirst()
        .orElseThrow(() -> damaged("its '" + JUDGED_BY + "' is " + Printable.value(told), null));
  }

  private EpochRow row(String line, EpochRow.Header header) {
    try {
      return EpochRow.parse(line, header);
    } catch (IllegalArgumentException e) {
      throw damaged("its '" + ROWS + "' has " + Printable.value(line), e);
    }
  }

  /** The training images, as the metadata tell them; errors as {@link #rows}. */
  Fingerprint images() {
    try (SafetensorsFile content = open()) {
      return provenance(content.metadata()).images();
    }
  }

  private Provenance provenance(Map<String, String> metadata) {
    Optional<Provenance> found;
    try {
      found = Provenance.of(metadata);
    } catch (IllegalArgumentException e) {
      throw damaged(e.getMessage(), e);
    }
    return found.orElseThrow(() -> damaged("it has no '" + Provenance.KEY + "'", null));
  }

  private SafetensorsFile open() {
    try {
      return SafetensorsFile.read(file);
    } catch (IllegalArgumentException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  private String text(Map<String, String> metadata, String key) {
    String text = metadata.get(key);
    if (text == null) {
      throw damaged("it has no '" + key + "'", null);
    }
    return text;
  }

  private long number(Map<String, String> metadata, String key, long min) {
    String text = text(metadata, key);
    long max = key.equals("steps") ? Long.MAX_VALUE : Integer.MAX_VALUE;
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max && Long.toString(number).equals(text)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw damaged("its '" + key + "' is " + Printable.value(text), null);
  }

  private TrainingState state(SafetensorsFile content, long steps) {
    float[] parameters = null;
    float[] buffers = new float[0];
    SequencedMap<String, float[]> optimizer = new LinkedHashMap<>();
    for (String name : content.names()) {
      if (content.shape(name).length != 1) {
        throw damaged("its " + Printable.value(name) + " is not flat", null);
      }
      float[] values = values(content, name);
      if (name.equals(PARAMETERS)) {
        parameters = values;
      } else if (name.equals(BUFFERS)) {
        buffers = values;
      } else if (name.startsWith(OPTIMIZER)) {
        optimizer.put(name.substring(OPTIMIZER.length()), values);
      } else {
        throw damaged("it has a tensor " + Printable.value(name), null);
      }
    }
    if (parameters == null) {
      throw damaged("it has no " + PARAMETERS, null);
    }
    return new TrainingState(steps, new Weights(parameters, buffers), optimizer);
  }

  private float[] values(SafetensorsFile content, String name) {
    try {
      return content.floats(name).data();
    } catch (IllegalArgumentException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  /** What is thrown for a checkpoint that is not what a training has written. */
  InputException damaged(String how, Throwable cause) {
    return new InputException(
        Printable.of(
            "the checkpoint '" + file + "' is torn or altered (" + how + "); put back a copy of it, or train anew"),
        cause);
  }
}
