// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MpiLibraryTest {
  @TempDir private Path folder;

  @Test
  void whatWasTriedIsNamedWhereThereIsNone() {
    List<String> names = List.of("libmpi.so.none", "libmpich.so.none");
    assertThatThrownBy(() -> MpiLibrary.first(names, List.of(folder), new DynamicLinker()))
        .isInstanceOf(CollectiveException.class)
        .hasMessageMatching("no MPI library is found: there is none of libmpi.so.none, libmpich.so.none .*, nor in .*; install .*")
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("--mpi-library");
  }

  @Test
  void librariesAreLookedForBesideTheLaunchersCommand() throws Exception {
    Path commands = Files.createDirectories(folder.resolve("mpi/bin"));
    Path lib = Files.createDirectories(folder.resolve("mpi/lib"));
    Path lib64 = Files.createDirectories(folder.resolve("other/lib64"));
    Map<String, String> environment =
        Map.of("PATH", "relative::/:" + folder + ":" + commands, "MPI_HOME", folder.resolve("other").toString());
    assertThat(MpiLibrary.folders(environment)).containsExactly(lib64);
    assertThat(Files.createFile(commands.resolve("mpirun")).toFile().setExecutable(true)).isTrue();
    assertThat(MpiLibrary.folders(environment)).containsExactly(lib64, lib);
  }
}
