// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleTest {
  private static Collective open(Map<String, String> environment) {
    return Collectives.open(environment, Optional.empty(), Duration.ofSeconds(1));
  }

  @Test
  void keepsTheContract() {
    assertThat(new CollectiveContract(Single.INSTANCE).failures()).isEmpty();
  }

  @Test
  void isWhatAProcessWithoutALauncherGets() {
    assertThat(open(Map.of("SLURM_NTASKS", "4", "SLURM_PROCID", "0"))).isSameAs(Single.INSTANCE); // a batch script
  }

  @ParameterizedTest
  @ValueSource(strings = {"OMPI_COMM_WORLD_", "PMI_", "MV2_COMM_WORLD_"})
  void isWhatTheOnlyProcessOfALauncherGets(String prefix) {
    assertThat(open(Map.of(prefix + "SIZE", "1", prefix + "RANK", "0"))).isSameAs(Single.INSTANCE);
  }

  @Test
  void isWhatTheOnlyTaskOfSlurmGets() {
    assertThat(open(Map.of("SLURM_STEP_NUM_TASKS", "1", "SLURM_PROCID", "0", "PMIX_RANK", "0"))).isSameAs(Single.INSTANCE);
  }

  @Test
  void aTimeoutIsSomeTime() {
    assertThatThrownBy(() -> Collectives.open(Map.of(), Optional.empty(), Duration.ZERO)).hasMessageContaining("PT0S");
  }
}
