// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.experiment.ValuePaths;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Printable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a search tries: values of an experiment, each from its {@link Domain}.
 *
 * @param experiment the experiment that has the other values
 * @param dimensions at least one
 */
public record SearchSpace(Experiment experiment, List<Dimension> dimensions) {
  /** Without a section, a rate is looked for from a part of its own to as many times of it. */
  private static final double WIDTH = 30;

  /** Keeps the dimensions as they are. */
  public SearchSpace {
    dimensions = List.copyOf(dimensions);
  }

  /**
   * The section {@code search} of an experiment's file.
   *
   * @return nothing if there is none, as in a built-in experiment
   * @throws InputException if it is not valid; one line
   */
  public static Optional<SequencedMap<String, Domain>> section(String nameOrFile) {
    return Experiments.isFile(nameOrFile)
        ? Optional.ofNullable(Experiments.read(Path.of(nameOrFile), SearchFile.class, "").search())
        : Optional.empty();
  }

  /** Where there is no section: the optimizer's rate, around that of the experiment. */
  public static SequencedMap<String, Domain> ofRate(Experiment experiment) {
    double rate = experiment.optimizer().initialRate();
    SequencedMap<String, Domain> domains = new LinkedHashMap<>();
    domains.put("optimizer." + experiment.optimizer().rateName(), new Interval(round(rate / WIDTH), round(rate * WIDTH), Scale.log));
    return domains;
  }

  /** Two digits that count. */
  private static double round(double end) {
    return new BigDecimal(end).round(new MathContext(2)).doubleValue();
  }

  /**
   * The space of an experiment.
   *
   * @param domains by the paths of the values
   * @throws InputException if the experiment has no such value, or cannot have one of a domain; one line
   */
  public static SearchSpace of(Experiment experiment, SequencedMap<String, Domain> domains) {
    if (domains.isEmpty()) {
      throw fault("is empty; give it the path of a value, such as optimizer.learningRate, with what to try");
    }
    List<Dimension> dimensions = new ArrayList<>();
    domains.forEach(
        (path, domain) -> {
          domains.sequencedKeySet().stream().filter(other -> path.startsWith(other + ".")).forEach(other -> {
            throw fault("has '" + path + "', which is a part of '" + other + "'; leave one out");
          });
          try {
            dimensions.add(Dimension.of(experiment, path, domain));
          } catch (InputException e) {
            throw fault(e.getMessage());
          }
        });
    return new SearchSpace(experiment, dimensions);
  }

  private static InputException fault(String message) {
    return new InputException(Printable.of("search: " + message));
  }

  /**
   * The values of a trial. They depend on seed, trial and path alone, so that a search that goes on, or has more dimensions,
   * draws the same ones. The first trial has the experiment's own values, if the space has them: what is found is then no
   * worse than they are, as far as the validation set can tell.
   *
   * @param trial from 1
   */
  public SequencedMap<String, Object> values(long seed, int trial) {
    SequencedMap<String, Object> values = trial == 1 ? own() : new LinkedHashMap<>();
    if (values.isEmpty()) {
      dimensions.forEach(dimension -> values.put(dimension.path(), dimension.draw(uniform(seed, trial, dimension.path()))));
    }
    return values;
  }

  /** The experiment's own values; empty if one is not in its domain. */
  private SequencedMap<String, Object> own() {
    SequencedMap<String, Object> own = new LinkedHashMap<>();
    for (Dimension dimension : dimensions) {
      Object value = ValuePaths.get(experiment, dimension.path());
      if (!dimension.domain().contains(value)) {
        return new LinkedHashMap<>();
      }
      own.put(dimension.path(), value);
    }
    return own;
  }

  /**
   * What the values are called where there is little room: the last names of their paths, as many as tell them apart, and not an
   * index alone.
   */
  List<String> labels() {
    List<String> paths = dimensions.stream().map(Dimension::path).toList();
    return paths.stream()
        .map(path -> {
          String label = path.substring(path.lastIndexOf('.') + 1);
          while (!label.equals(path) && (label.matches("[0-9.]+") || isEndOfAnother(label, path, paths))) {
            label = path.substring(path.lastIndexOf('.', path.length() - label.length() - 2) + 1);
          }
          return label;
        })
        .toList();
  }

  private static boolean isEndOfAnother(String label, String path, List<String> paths) {
    return paths.stream().anyMatch(other -> !other.equals(path) && ("." + other).endsWith("." + label));
  }

  /**
   * The experiment with values in place of its own.
   *
   * @throws InputException if they do not fit together; one line
   */
  public Experiment with(SequencedMap<String, Object> values) {
    return ValuePaths.with(experiment, values);
  }

  /** A number in [0, 1) that depends on nothing but these. */
  private static double uniform(long seed, int trial, String path) {
    return (mix(mix(mix(seed) + trial) + path.hashCode()) >>> 11) * 0x1p-53;
  }

  /** The output function of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). */
  private static long mix(long state) {
    long z = state + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
