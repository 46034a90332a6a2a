// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The file in a run's folder that tells what its weights were measured to be on the test set, after a training that has not
 * looked at it: a line of names, the number of its epochs and the loss first, and one of values.
 */
public final class TestScores {
  /** Which weights of a run were measured, each in a file of its own. */
  public enum Weights {
    /** Those of the best epoch. */
    BEST(RunFiles.TEST),
    /** Those of the last epoch. */
    LAST(RunFiles.LAST_TEST);

    private final String file;

    Weights(String file) {
      this.file = file;
    }
  }

  private static final List<String> FIRST = List.of("epochs", "loss");

  private TestScores() {}

  /**
   * Writes it, of a run of so many epochs, as a whole or not at all.
   *
   * @throws OperationException if that fails; one line
   */
  public static void write(Path folder, Weights weights, int epochs, Scores scores) {
    List<String> names = new ArrayList<>(FIRST);
    List<String> values = new ArrayList<>(List.of(Integer.toString(epochs), Double.toString(scores.loss())));
    scores.metrics().forEach((name, value) -> {
      names.add(name);
      values.add(Double.toString(value));
    });
    String text = String.join(",", names) + "\n" + String.join(",", values) + "\n";
    Path file = folder.resolve(weights.file);
    try {
      AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new OperationException("cannot write '" + file + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
    }
  }

  /**
   * Reads it; nothing if there is none, or it was written when the run had another number of epochs.
   *
   * @throws InputException if it is not as it was written; one line
   */
  public static Optional<Scores> read(Path folder, Weights weights, int epochs) {
    Path file = folder.resolve(weights.file);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(file);
      String[] names = lines.getFirst().split(",");
      String[] values = lines.get(1).split(",");
      if (names.length != values.length || !List.of(names).subList(0, 2).equals(FIRST)) {
        throw new IllegalArgumentException("its lines do not fit together");
      }
      if (Integer.parseInt(values[0]) != epochs) {
        return Optional.empty();
      }
      SequencedMap<String, Double> metrics = new LinkedHashMap<>();
      for (int i = 2; i < names.length; i++) {
        metrics.put(names[i], Double.parseDouble(values[i]));
      }
      return Optional.of(new Scores(Double.parseDouble(values[1]), metrics));
    } catch (IOException | RuntimeException e) {
      throw new InputException("'" + file + "' is not as it was written; delete it, and it is measured anew", e);
    }
  }
}
