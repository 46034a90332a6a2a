// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LauncherTest {
  private static final Map<String, String> SLURM =
      Map.of("SLURM_STEP_NUM_TASKS", "2", "SLURM_PROCID", "1", "SLURM_LOCALID", "0", "SLURM_NTASKS", "2");

  private static Launcher of(Map<String, String> environment) {
    return Launcher.of(environment).orElseThrow();
  }

  @Test
  void noneIsRecognisedWithoutItsVariables() {
    assertThat(Launcher.of(Map.of("PATH", "/usr/bin", "SLURM_NTASKS", "8", "SLURM_LOCALID", "0"))).isEqualTo(Optional.empty());
  }

  @Test
  void openMpisSaysAll() {
    Launcher launcher =
        of(Map.of("OMPI_COMM_WORLD_SIZE", "6", "OMPI_COMM_WORLD_RANK", "5", "OMPI_COMM_WORLD_LOCAL_RANK", "2", "PMIX_RANK", "5"));
    assertThat(launcher.size()).hasValue(6);
    assertThat(launcher.rank()).isEqualTo(5);
    assertThat(launcher.localRank()).hasValue(2);
    assertThat(launcher.abi()).isEqualTo(MpiAbi.OPEN_MPI);
    assertThat(launcher).hasToString("OMPI_COMM_WORLD_SIZE=6");
  }

  @Test
  void mpichsSaysAll() {
    Launcher launcher = of(Map.of("PMI_SIZE", "3", "PMI_RANK", "1", "MPI_LOCALRANKID", "0"));
    assertThat(launcher.size()).hasValue(3);
    assertThat(launcher.rank()).isEqualTo(1);
    assertThat(launcher.localRank()).hasValue(0);
    assertThat(launcher.abi()).isEqualTo(MpiAbi.MPICH);
  }

  @Test
  void slurmsTaskIsOneOfAsManyAsTheStepHas() {
    Launcher launcher = of(SLURM);
    assertThat(launcher.size()).hasValue(2);
    assertThat(launcher.rank()).isEqualTo(1);
    assertThat(launcher.localRank()).hasValue(0);
  }

  @Test
  void slurmsTaskWithoutAPluginForMpiIsRefused() {
    assertThatThrownBy(() -> Collectives.open(SLURM, Optional.empty(), Duration.ofSeconds(1)))
        .isInstanceOf(CollectiveException.class)
        .hasMessageMatching("Slurm has started 2 tasks without a plug-in for MPI; .* --mpi=pmix .*");
    Map<String, String> environment = new HashMap<>(SLURM);
    environment.put("PMIX_RANK", "1");
    assertThatCode(() -> of(environment).requirePlugin(environment)).doesNotThrowAnyException();
  }

  @Test
  void anMpirunInASlurmJobCountsBeforeSlurm() {
    Map<String, String> environment = new HashMap<>(SLURM);
    environment.putAll(Map.of("PMI_SIZE", "16", "PMI_RANK", "9"));
    assertThat(of(environment).size()).hasValue(16);
    environment.putAll(Map.of("OMPI_COMM_WORLD_SIZE", "8", "OMPI_COMM_WORLD_RANK", "7"));
    assertThat(of(environment).size()).hasValue(8);
  }

  @Test
  void oneThatSaysNoSizeIsComparedByRank() {
    Launcher launcher = of(Map.of("PMIX_RANK", "1"));
    assertThat(launcher.fits(1, 2)).isTrue();
    assertThat(launcher.fits(0, 1)).isFalse();
    assertThat(of(SLURM).fits(1, 2)).isTrue();
    assertThat(of(SLURM).fits(0, 1)).isFalse();
  }

  @Test
  void aVariableThatIsNoNumberIsNamed() {
    assertThatThrownBy(() -> of(Map.of("PMI_SIZE", "many", "PMI_RANK", "0")))
        .isInstanceOf(CollectiveException.class)
        .hasMessageContaining("PMI_SIZE is 'many'");
    assertThatThrownBy(() -> of(Map.of("PMI_SIZE", "2"))).hasMessageContaining("PMI_RANK is ''");
  }
}
