// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.metric.Metric;
import io.github.arturo4j.models.metric.Metrics;
import java.util.List;

/**
 * What a training makes small, and what else its evaluations measure.
 *
 * @param loss what is made small
 * @param metrics what is measured; null for {@link Metrics#defaults}
 */
public record Objective(Loss loss, List<Metric> metrics) {
  /** Cross-entropy, and the usual metrics of the targets. */
  public static final Objective DEFAULT = new Objective(new CrossEntropy(), null);

  /** Keeps the metrics as they are. */
  public Objective {
    metrics = metrics == null ? null : List.copyOf(metrics);
  }

  /**
   * The same for a network and examples, with the metrics that these have by default where none were chosen.
   *
   * @throws IllegalArgumentException if the network, the examples, the loss and the metrics do not fit together; one line
   */
  public Objective of(Network network, Examples examples) {
    examples.checkFits(network, loss);
    List<Metric> chosen = metrics == null ? Metrics.defaults(examples.targets()) : metrics;
    chosen.forEach(metric -> metric.begin(examples.targets(), network.outputs()));
    return new Objective(loss, chosen);
  }
}
