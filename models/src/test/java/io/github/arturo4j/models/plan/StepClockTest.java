// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.inspect.ExecutionProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class StepClockTest {
  private final StepClock clock =
      new StepClock(
          List.of(
              new GraphTask("a", Phase.FORWARD, Optional.empty()),
              new GraphTask("b", Phase.BACKWARD, Optional.empty()),
              new GraphTask("c", Phase.OPTIMIZER, Optional.empty())));

  private static ExecutionProfile profile(long a, long b, long c, Map<String, Long> compilation) {
    SequencedMap<String, Long> kernels = new LinkedHashMap<>(Map.of("a", a, "b", b, "c", c));
    return new ExecutionProfile(kernels, compilation, 0, 0, 0, 0, 0);
  }

  @Test
  void sharesAreThoseOfTheLastProfile() {
    clock.profiled(profile(2, 1, 1, Map.of("c", 12L)));
    clock.add(1_600_000_000);
    assertThat(clock.optimizerSeconds()).isCloseTo(1.3, within(1e-9));
    assertThat(clock.networkSeconds()).isCloseTo(.3, within(1e-9));
    clock.profiled(profile(2, 1, 1, Map.of()));
    clock.add(2_000_000_000);
    clock.add(2_000_000_000);
    assertThat(clock.optimizerSeconds()).isCloseTo(2.3, within(1e-9));
    assertThat(clock.networkSeconds()).isCloseTo(3.3, within(1e-9));
  }

  @Test
  void withoutAProfileTheOptimizersTimeIsNotKnown() {
    assertThat(clock.optimizerSeconds()).isZero();
    clock.add(2_000_000_000);
    assertThat(clock.optimizerSeconds()).isNaN();
    assertThat(clock.networkSeconds()).isEqualTo(2);
  }

  @Test
  void profilesFewExecutions() {
    List<Integer> due = new ArrayList<>();
    for (int execution = 1; execution <= 4000; execution++) {
      if (clock.isDue()) {
        due.add(execution);
      }
      clock.add(1);
    }
    assertThat(due).containsExactly(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3072);
  }
}
