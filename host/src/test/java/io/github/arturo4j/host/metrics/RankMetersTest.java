// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.collective.ThreadRanks;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankMetersTest {
  /** Names as docs/metrics.md has them. */
  @Test
  void everyMeterHasAConventionalName() throws InterruptedException {
    List<String> scraped =
        ThreadRanks.run(2, rank -> {
          PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
          new RankMeters(rank).bindTo(registry);
          return registry.scrape();
        });
    assertThat(scraped.getFirst().lines().filter(line -> !line.startsWith("# HELP")))
        .containsExactlyInAnyOrder(
            "# TYPE arturo_ranks gauge",
            "arturo_ranks 2.0",
            "# TYPE arturo_collective_seconds_total counter",
            "arturo_collective_seconds_total 0.0",
            "# TYPE arturo_collective_moved_bytes_total counter",
            "arturo_collective_moved_bytes_total 0.0");
  }
}
