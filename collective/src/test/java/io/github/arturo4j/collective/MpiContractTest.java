// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link CollectiveContract} in processes, by each library under its launcher. */
class MpiContractTest {
  @ParameterizedTest
  @CsvSource({
    "OPEN_MPI, 1", "OPEN_MPI, 2", "OPEN_MPI, 3", "OPEN_MPI, 4", "MPICH, 1", "MPICH, 2", "MPICH, 3", "MPICH, 4",
  })
  void isKept(MpiRun.Family family, int ranks) throws Exception {
    try (MpiRun run = MpiRun.start(family, ranks, "contract", 60_000)) {
      int exitCode = run.exitCode();
      for (int rank = 0; rank < ranks; rank++) {
        assertThat(run.output()).contains("kept by " + rank + " of " + ranks);
      }
      assertThat(run.output()).contains(family == MpiRun.Family.OPEN_MPI ? "by Open MPI v" : "by MPICH ");
      assertThat(exitCode).isZero();
      assertThat(run.endsWithin(10)).isTrue();
    }
  }
}
