// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.LossText;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.kernels.loss.Losses;
import io.github.arturo4j.models.metric.Metrics;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that change what an experiment makes small, and what it measures. */
final class LossOptions {
  @Option(
      names = LossText.LOSS,
      paramLabel = "NAME[,KEY=VALUE...]",
      completionCandidates = Names.class,
      description =
          "What is made small: ${COMPLETION-CANDIDATES}, with values such as cross_entropy,labelSmoothing=0.1.")
  String loss;

  @Option(
      names = LossText.METRICS,
      paramLabel = "NAME",
      split = ",",
      completionCandidates = MetricNames.class,
      description =
          "What evaluations measure beside the loss, separated by commas: ${COMPLETION-CANDIDATES}; 'compare' goes by the"
              + " first.")
  List<String> metrics;

  /** Names for help texts and completion. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(Losses.names());
    }
  }

  /** Names for help texts and completion. */
  static final class MetricNames extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    MetricNames() {
      super(Metrics.names());
    }
  }

  /**
   * The experiment with the options applied.
   *
   * @throws InputException if there is no such loss or metric, or a value is not valid; one line
   */
  Experiment apply(Experiment experiment) {
    return experiment
        .change()
        .loss(loss == null ? experiment.loss() : LossText.loss(loss))
        .metrics(metrics == null ? experiment.metrics() : metrics)
        .build();
  }
}
