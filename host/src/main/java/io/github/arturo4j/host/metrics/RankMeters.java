// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.metrics;

import io.github.arturo4j.collective.Collective;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Meters of what the ranks of a training exchange, as the first of them sees it. */
public final class RankMeters implements MeterBinder {
  private final Collective ranks;

  /** Meters of these ranks. */
  public RankMeters(Collective ranks) {
    this.ranks = ranks;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("arturo.ranks", ranks, Collective::size)
        .description("Processes that train together")
        .register(registry);
    FunctionCounter.builder("arturo.collective", ranks, all -> all.meters().seconds())
        .description("Time that rank 0 has spent in collective calls, waiting for slower ranks included")
        .baseUnit("seconds")
        .register(registry);
    FunctionCounter.builder("arturo.collective.moved", ranks, all -> all.meters().bytes())
        .description("What had to leave rank 0 or to reach it in collective calls")
        .baseUnit("bytes")
        .register(registry);
  }
}
