// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import java.util.Optional;
import java.util.stream.IntStream;

/** Training features of a run of which running statistics of batch normalisations are computed anew. */
public final class StatisticsSample {
  /** Fifty batches of 64, which leave 0.9⁵⁰, half a percent, of the statistics that were there. */
  private static final int EXAMPLES = 3200;

  private StatisticsSample() {}

  /**
   * Some of a run's training features, spread evenly over them; nothing for a network without running statistics.
   *
   * @throws io.github.arturo4j.host.data.DataException if the run's data are not there; one line
   */
  public static Optional<Features> of(RunConfig config, DataSource source) {
    if (config.network().bufferCount() == 0) {
      return Optional.empty();
    }
    Examples all = source.of(config).open(config.experiment()).training(config.experiment().holdout()).train();
    int count = config.limitTrain() == null ? all.count() : Math.min(all.count(), config.limitTrain());
    int chosen = Math.min(EXAMPLES, count);
    int step = count / chosen;
    return Optional.of(all.features().read(IntStream.range(0, chosen).map(i -> i * step).toArray()));
  }
}
