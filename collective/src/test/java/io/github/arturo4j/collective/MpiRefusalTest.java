// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot work is refused, in one line. */
class MpiRefusalTest {
  @TempDir private Path folder;

  private static String refusal(MpiRun run) throws Exception {
    assertThat(run.exitCode()).as("%s", run.output()).isZero();
    return run.output();
  }

  /** Where Debian and its like keep the libraries of this machine. */
  private static Path library(String name) throws Exception {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      Path found = folders.map(folder -> folder.resolve(name)).filter(Files::exists).findFirst().orElse(null);
      Assumptions.assumeTrue(found != null, "no " + name + " is installed");
      return found;
    }
  }

  @ParameterizedTest
  @CsvSource({"OPEN_MPI, libmpich.so.12, OMPI_COMM_WORLD_SIZE=2, MPICH's family", "MPICH, libmpi.so.40, PMI_SIZE=2, Open MPI"})
  void aLibraryOfAnotherFamilyThanTheLauncher(MpiRun.Family family, String name, String sign, String other) throws Exception {
    String library = library(name).toString();
    try (MpiRun run = MpiRun.start(family, 2, "runs", library, 60_000, Map.of())) {
      assertThat(refusal(run)).containsPattern(
          "(?m)^refused: the launcher says " + sign + ", but MPI's library '" + library + "' \\(" + other + "\\) sees 1 process,.*; start");
    }
  }

  @Test
  void aFileThatIsNoLibrary() throws Exception {
    Path text = Files.writeString(folder.resolve("libmpi.so"), "this is a text\n".repeat(999));
    try (MpiRun run = MpiRun.alone("runs", text.toString(), Map.of())) {
      assertThat(refusal(run)).startsWith("refused: '" + text + "' does not load as an MPI library (").contains("header");
    }
    Path absent = folder.resolve("absent.so");
    try (MpiRun run = MpiRun.alone("runs", absent.toString(), Map.of())) {
      assertThat(refusal(run)).startsWith("refused: '" + absent + "'").contains("No such file");
    }
  }

  @Test
  void aLibraryThatIsNotMpis() throws Exception {
    Path math = library("libm.so.6");
    try (MpiRun run = MpiRun.alone("runs", math.toString(), Map.of())) {
      assertThat(refusal(run)).startsWith("refused: '" + math + "' is a library, but not MPI's");
    }
  }
}
