// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.RegularFile;
import io.github.arturo4j.host.schedule.MultiStep;
import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.host.schedule.WarmUp;
import io.github.arturo4j.kernels.optimizer.GroupOverride;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Reads and writes experiments: the built-in ones, by name, and a user's own, by file. */
public final class Experiments {
  /** The optimizers for which the paper's authors have published values. */
  private static final List<String> PUBLISHED = List.of("arturo", "adam", "adamw", "sgd");

  /**
   * Names of the built-in experiments: for each network one of its name, with arTuRO, and one with each of the other
   * published optimizers' names behind it.
   */
  public static final List<String> NAMES =
      ModelZoo.ofPaper().stream()
          .flatMap(model -> PUBLISHED.stream().map(optimizer -> name(model, optimizer)))
          .toList();

  /** Other built-in experiments: a language model, of any text. */
  public static final List<String> OTHERS = List.of("text_gpt");

  /** Names of all built-in experiments. */
  public static final List<String> ALL = Stream.concat(NAMES.stream(), OTHERS.stream()).toList();

  /** Bytes of a file at most: those that are written have a few thousand. */
  private static final int MAX_BYTES = 1 << 20;

  private Experiments() {}

  private static String name(String model, String optimizer) {
    return optimizer.equals(PUBLISHED.getFirst()) ? model : model + "-" + optimizer;
  }

  /**
   * A built-in experiment, or one of a file whose name ends in {@code .yaml} or {@code .yml}.
   *
   * @throws InputException if there is none or it is not valid; the message is one line
   */
  public static Experiment find(String nameOrFile) {
    if (ALL.contains(nameOrFile)) {
      try (InputStream in = Experiments.class.getResourceAsStream("/experiments/" + nameOrFile + ".yaml")) {
        return YamlRecords.read(in.readAllBytes(), nameOrFile, "", Experiment.class);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (!isFile(nameOrFile)) {
      throw new InputException(
          "unknown experiment '" + nameOrFile + "'; there are: " + String.join(", ", ALL)
              + ", or a file of your own that ends in .yaml");
    }
    return read(Path.of(nameOrFile));
  }

  /**
   * The variant of an experiment that trains with an optimizer, see {@link Variants#with}; the experiment itself for {@code null}.
   *
   * @throws InputException if there is none; the message is one line
   */
  public static Experiment find(String nameOrFile, String optimizer) {
    return optimizer == null ? find(nameOrFile) : variants(nameOrFile).with(optimizer);
  }

  /**
   * The same trained with the defaults of an optimizer; a factor of milestones becomes that of its kind of rate.
   *
   * @param optimizer one of {@link Optimizers#names}
   */
  public static Experiment withDefaults(Experiment given, String optimizer) {
    OptimizerConfig defaults = Optimizers.defaults(optimizer);
    boolean sameRate = given.optimizer().rateName().equals(defaults.rateName());
    return trainedBy(given, defaults, sameRate ? given.schedule() : withFactor(given.schedule(), defaults.milestoneFactor()));
  }

  /**
   * The same trained by another optimizer with another schedule. It is named after the optimizer, too. Frozen parameters
   * stay so; values that groups have of their own are the first optimizer's, as its rate is.
   */
  private static Experiment trainedBy(Experiment given, OptimizerConfig other, Schedule schedule) {
    List<GroupOverride> groups = given.groups() == null ? List.of() : given.groups();
    return given.change()
        .name(given.name() + "-" + other.name())
        .schedule(schedule)
        .optimizer(other)
        .groups(groups.stream().filter(GroupOverride::frozen).toList())
        .build();
  }

  /** The same schedule, but for the factor of milestones, which belongs to the kind of rate. */
  private static Schedule withFactor(Schedule schedule, double factor) {
    return switch (schedule) {
      case MultiStep steps -> new MultiStep(steps.milestones(), factor, steps.unit());
      case WarmUp warmUp -> warmUp.before(withFactor(warmUp.then(), factor));
      default -> schedule;
    };
  }

  /**
   * An experiment, read once, with each optimizer that there is for it.
   *
   * @throws InputException if there is no such experiment or it is not valid; the message is one line
   */
  public static Variants variants(String nameOrFile) {
    Experiment given = find(nameOrFile);
    SequencedMap<String, Experiment> variants = new LinkedHashMap<>();
    if (isFile(nameOrFile) || OTHERS.contains(nameOrFile)) {
      variants.put(given.optimizer().name(), given);
    }
    for (String name : relatives(nameOrFile)) {
      Experiment other = find(name);
      if (other.model().equals(given.model()) && other.dataset().equals(given.dataset())) {
        variants.putIfAbsent(
            other.optimizer().name(),
            isFile(nameOrFile)
                ? trainedBy(
                    given, other.optimizer(), withFactor(given.schedule(), ((MultiStep) other.schedule()).factor()))
                : other);
      }
    }
    return new Variants(given, variants);
  }

  /** Built-in experiments that may have the network and the data set of one: for a file any, for a name those of its network. */
  private static List<String> relatives(String nameOrFile) {
    if (isFile(nameOrFile)) {
      return NAMES;
    }
    String network = nameOrFile.split("-")[0];
    return PUBLISHED.stream().map(optimizer -> name(network, optimizer)).filter(NAMES::contains).toList();
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
   * @throws InputException if it cannot be read or is not valid; the message is one line
   */
  public static <T> T read(Path file, Class<T> type, String remedy) {
    return read(file, type, remedy, "; name the folder that was written by arturo, or make it readable");
  }

  /**
   * Reads a record from a text that {@link #write} wrote.
   *
   * @param source what messages call the text
   * @throws InputException if it is not valid; the message is one line
   */
  public static <T> T parse(String yaml, String source, Class<T> type) {
    return YamlRecords.read(yaml.getBytes(StandardCharsets.UTF_8), source, "", type);
  }

  private static <T> T read(Path file, Class<T> type, String remedy, String unreadable) {
    byte[] yaml;
    try {
      RegularFile.check(file);
      try (InputStream in = Files.newInputStream(file)) {
        yaml = in.readNBytes(MAX_BYTES + 1);
      }
    } catch (IOException e) {
      throw new InputException(
          Printable.of("cannot read '" + file + "': " + Reason.of(e) + unreadable), e);
    }
    if (yaml.length > MAX_BYTES) {
      throw new InputException(
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
