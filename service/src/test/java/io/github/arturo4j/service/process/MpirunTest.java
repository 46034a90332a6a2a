// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MpirunTest {
  @TempDir Path folder;

  private Path launcher(String name, String says) throws IOException {
    Path file = Files.createDirectories(folder.resolve(name)).resolve("mpirun");
    Files.writeString(file, "#!/bin/sh\necho '" + says + "'\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  @Test
  void isTheFirstOnThePath() throws IOException {
    Path open = launcher("open", "mpirun (Open MPI) 5.0.1");
    Path hydra = launcher("hydra", "HYDRA build details:");
    String path = folder.resolve("none") + "::" + hydra.getParent() + ":" + open.getParent();
    assertThat(Mpirun.find(path)).contains(new Mpirun(hydra, false));
    assertThat(Mpirun.find(open.getParent().toString())).contains(new Mpirun(open, true));
    assertThat(Mpirun.find(folder.toString())).isEmpty();
    assertThat(Mpirun.find(null)).isEmpty();
  }

  @Test
  void openMpiIsToldNotToBind() {
    Path file = Path.of("/usr/bin/mpirun");
    assertThat(new Mpirun(file, true).words(2, List.of("java", "Main")))
        .containsExactly("/usr/bin/mpirun", "-n", "2", "--bind-to", "none", "--oversubscribe", "java", "Main");
    assertThat(new Mpirun(file, false).words(3, List.of("java"))).containsExactly("/usr/bin/mpirun", "-n", "3", "java");
  }

  @Test
  void whatSomebodyHasSetStays() {
    Map<String, String> environment = new HashMap<>(Map.of("HWLOC_COMPONENTS", "mine"));
    Mpirun.prepare(environment);
    assertThat(environment).containsEntry("HWLOC_COMPONENTS", "mine").containsEntry("OMPI_ALLOW_RUN_AS_ROOT", "1");
  }
}
