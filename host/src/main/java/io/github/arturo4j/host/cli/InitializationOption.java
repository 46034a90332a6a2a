// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.models.layer.Initialization;
import java.util.List;
import picocli.CommandLine.Option;

/** The option on how weights begin. */
final class InitializationOption {
  private static final String NAME = "--initialization";

  @Option(
      names = NAME,
      paramLabel = "NAME",
      description =
          "How the weights of convolutions and linear maps begin: pytorch (each layer's default), he, he_fan_out, xavier,"
              + " xavier_normal, orthogonal, normal:DEVIATION, or truncated_normal:DEVIATION.")
  String name;

  /**
   * The experiment with the option applied.
   *
   * @throws IllegalArgumentException if there is no such initialisation; one line
   */
  Experiment apply(Experiment experiment) {
    if (name == null) {
      return experiment;
    }
    try {
      return experiment.change().initialization(Initialization.parse(name)).build();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(NAME + " " + e.getMessage(), e);
    }
  }

  /** The option that stands for what an experiment says, its value behind it. */
  static List<String> options(Experiment experiment) {
    return experiment.initialization() == null ? List.of() : List.of(NAME, experiment.initialization().toString());
  }
}
