// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.kernels.loss.Loss;
import java.util.ArrayList;
import java.util.List;

/** What is made small and measured, as options: {@code --loss cross_entropy,labelSmoothing=0.1 --metrics macro_f1}. */
public final class LossText {
  /** The option that names a loss. */
  public static final String LOSS = "--loss";

  /** The option that names metrics. */
  public static final String METRICS = "--metrics";

  private LossText() {}

  /**
   * Reads a loss.
   *
   * @param text its name and any of its values
   * @throws InputException if there is none of that name, or a value is not valid; one line
   */
  public static Loss loss(String text) {
    return OptionText.read(LOSS, "name: ", text, "", Loss.class);
  }

  /** The options that stand for what an experiment says of both, each with its value behind it. */
  public static List<String> options(Experiment experiment) {
    List<String> options = new ArrayList<>();
    if (experiment.loss() != null) {
      options.add(LOSS);
      options.add(experiment.loss().name() + OptionText.values((Record) experiment.loss()));
    }
    if (experiment.metrics() != null) {
      options.add(METRICS);
      options.add(String.join(",", experiment.metrics()));
    }
    return options;
  }
}
