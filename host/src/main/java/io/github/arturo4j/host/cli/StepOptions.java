// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Clipping;
import io.github.arturo4j.host.experiment.Experiment;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options on what a step does with its gradient before the optimizer has it. */
final class StepOptions {
  private static final String MICRO_BATCH = "--micro-batch";
  private static final String CLIP_NORM = "--clip-norm";
  private static final String CLIP_VALUE = "--clip-value";

  @Option(
      names = MICRO_BATCH,
      paramLabel = "N",
      description =
          "Compute a step's gradient from N examples at a time, in the memory that N take; their sum is the step's, but for"
              + " rounding.")
  Integer microBatch;

  @Option(names = CLIP_NORM, paramLabel = "MAX", description = "Limit the Euclidean norm of a step's gradient.")
  Double norm;

  @Option(names = CLIP_VALUE, paramLabel = "MAX", description = "Limit the size of each value of a step's gradient.")
  Double value;

  /**
   * The experiment with the options applied.
   *
   * @throws IllegalArgumentException if a value is out of its range; one line
   */
  Experiment apply(Experiment experiment) {
    Clipping before = experiment.clipping();
    Double newNorm = norm != null || before == null ? norm : before.norm();
    Double newValue = value != null || before == null ? value : before.value();
    return experiment
        .change()
        .microBatch(microBatch == null ? experiment.microBatch() : microBatch)
        .clipping(newNorm == null && newValue == null ? null : new Clipping(newNorm, newValue))
        .build();
  }

  /** The options that stand for what an experiment says of these, each with its value behind it. */
  static List<String> options(Experiment experiment) {
    List<String> options = new ArrayList<>();
    Clipping clipping = experiment.clipping();
    OptionWords.add(options, MICRO_BATCH, experiment.microBatch());
    OptionWords.add(options, CLIP_NORM, clipping == null ? null : clipping.norm());
    OptionWords.add(options, CLIP_VALUE, clipping == null ? null : clipping.value());
    return options;
  }
}
