// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.RegularFile;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads and writes experiments: the built-in ones, by name, and a user's own, by file. */
public final class Experiments {
  /**
   * Names of the built-in experiments: for each network one of its name, with arTuRO, and one with each of the other
   * optimizers' names behind it.
   */
  public static final List<String> NAMES =
      ModelZoo.names().stream()
          .flatMap(model -> OptimizerConfig.names().stream().map(optimizer -> name(model, optimizer)))
          .toList();

  /** Bytes of a file at most: those that are written have a few thousand. */
  private static final int MAX_BYTES = 1 << 20;

  private Experiments() {}

  private static String name(String model, String optimizer) {
    return optimizer.equals(ArturoConfig.NAME) ? model : model + "-" + optimizer;
  }

  /**
   * A built-in experiment, or one of a file whose name ends in {@code .yaml} or {@code .yml}.
   *
   * @throws IllegalArgumentException if there is none or it is not valid; the message is one line
   */
  public static Experiment find(String nameOrFile) {
    if (NAMES.contains(nameOrFile)) {
      try (InputStream in = Experiments.class.getResourceAsStream("/experiments/" + nameOrFile + ".yaml")) {
        return YamlRecords.read(in.readAllBytes(), nameOrFile, "", Experiment.class);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (!isFile(nameOrFile)) {
      throw new IllegalArgumentException(
          "unknown experiment '" + nameOrFile + "'; there are: " + String.join(", ", NAMES)
              + ", or a file of your own that ends in .yaml");
    }
    return read(Path.of(nameOrFile));
  }

  /**
   * The variant of an experiment that trains with that optimizer, see {@link #variants}; the experiment itself for
   * {@code null}.
   *
   * @throws IllegalArgumentException if there is none; the message is one line
   */
  public static Experiment find(String nameOrFile, String optimizer) {
    if (optimizer == null) {
      return find(nameOrFile);
    }
    SequencedMap<String, Experiment> variants = variants(nameOrFile);
    Experiment found = variants.get(optimizer);
    if (found == null) {
      Experiment any = variants.firstEntry().getValue();
      throw new IllegalArgumentException(
          "--optimizer is '" + optimizer + "'; for " + any.model() + " on " + any.dataset() + " there are: "
              + String.join(", ", variants.keySet())
              + (variants.size() > 1 ? "" : ", since no built-in experiment trains that; write a file for another"));
    }
    return found;
  }

  /**
   * An experiment with each optimizer that there is for it, by the optimizer's name: of a built-in one, the built-in
   * ones of the same network and data set; of a file, first the file as it is, then the same with the optimizers of
   * these, see {@link Experiment#withOptimizerOf}.
   *
   * @throws IllegalArgumentException if there is no such experiment or it is not valid; the message is one line
   */
  public static SequencedMap<String, Experiment> variants(String nameOrFile) {
    Experiment given = find(nameOrFile);
    SequencedMap<String, Experiment> variants = new LinkedHashMap<>();
    if (isFile(nameOrFile)) {
      variants.put(given.optimizer().name(), given);
    }
    for (String name : NAMES) {
      Experiment other = find(name);
      if (other.model().equals(given.model()) && other.dataset().equals(given.dataset())) {
        variants.putIfAbsent(
            other.optimizer().name(), isFile(nameOrFile) ? given.withOptimizerOf(other) : other);
      }
    }
    return variants;
  }

  /** Whether that is a file of the user's own, not a name. */
  public static boolean isFile(String nameOrFile) {
    return nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml");
  }

  /** Reads an experiment from a file. */
  public static Experiment read(Path file) {
    return read(
        file, Experiment.class, "",
        "; name a file that you may read, or a built-in experiment: 'arturo experiments' lists them");
  }

  /**
   * Reads a record that {@link #write} wrote.
   *
   * @param remedy ends the message if the file is not valid; may be empty
   * @throws IllegalArgumentException if it cannot be read or is not valid; the message is one line
   */
  public static <T> T read(Path file, Class<T> type, String remedy) {
    return read(file, type, remedy, "; name the folder that was written by arturo, or make it readable");
  }

  private static <T> T read(Path file, Class<T> type, String remedy, String unreadable) {
    byte[] yaml;
    try {
      RegularFile.check(file);
      try (InputStream in = Files.newInputStream(file)) {
        yaml = in.readNBytes(MAX_BYTES + 1);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          Printable.of("cannot read '" + file + "': " + Reason.of(e) + unreadable), e);
    }
    if (yaml.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          Printable.of(
              "cannot read '" + file + "': it has more than %,d bytes".formatted(MAX_BYTES)
                  + (remedy.isEmpty() ? "; name the file of an experiment" : remedy)));
    }
    return YamlRecords.read(yaml, file.toString(), remedy, type);
  }

  /** An experiment, or a record that has some, as YAML, every value in it. */
  public static String write(Object experiment) {
    return YamlRecords.write(experiment);
  }
}
