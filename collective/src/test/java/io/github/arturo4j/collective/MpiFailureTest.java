// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When a rank fails, all end, and the launcher tells of it. The others wait for the rank in a call that never comes back. */
class MpiFailureTest {
  private static final long LONG = 600_000;

  @ParameterizedTest
  @CsvSource({
    "OPEN_MPI, killed", "OPEN_MPI, exits", "OPEN_MPI, throws", "OPEN_MPI, aborts", "MPICH, killed", "MPICH, exits", "MPICH, throws",
    "MPICH, aborts",
  })
  void endsAllRanks(MpiRun.Family family, String failure) throws Exception {
    try (MpiRun run = MpiRun.start(family, 2, failure, LONG)) {
      int exitCode = run.exitCode();
      switch (failure) {
        case "killed" -> assertThat(exitCode).isIn(128 + 9, 9);
        case "aborts" -> assertThat(exitCode).isEqualTo(42);
        default -> assertThat(exitCode).isEqualTo(1);
      }
      assertThat(run.output()).contains("opened: rank 1 of 2");
      assertThat(run.endsWithin(10)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"OPEN_MPI, absent, allGather", "OPEN_MPI, late, MPI_Init", "MPICH, absent, allGather", "MPICH, late, MPI_Init"})
  void aRankThatDoesNotComeIsNotWaitedForLonger(MpiRun.Family family, String failure, String call) throws Exception {
    try (MpiRun run = MpiRun.start(family, 2, failure, 2000)) {
      assertThat(run.exitCode()).isEqualTo(Collectives.TIMED_OUT);
      assertThat(run.output()).contains("has waited for the others in " + call + " for more than 2 s");
      assertThat(run.endsWithin(10)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLauncherThatIsKilledLeavesNoRank(MpiRun.Family family) throws Exception {
    try (MpiRun run = MpiRun.start(family, 2, "runs", LONG)) {
      run.await("opened: ", 2);
      run.killLauncher();
      assertThat(run.endsWithin(20)).isTrue();
    }
  }
}
