// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The launcher of MPI on this machine, which starts the processes of a job for several devices, one for each.
 *
 * @param file of the command
 * @param isOpenMpi whether it is Open MPI's, which has options of its own
 */
public record Mpirun(Path file, boolean isOpenMpi) {
  private static final String NAME = "mpirun";

  /** What Open MPI wants to know, and others ignore. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OMPI_ALLOW_RUN_AS_ROOT", "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", // of a server that is root's, as in a container
          "OMPI_MCA_mpi_yield_when_idle", "1", // a rank that waits takes no processor from one that computes
          "HWLOC_COMPONENTS", "-opencl"); // an OpenCL driver that mpirun looks at (PoCL's LLVM) would take SIGUSR1 from it

  /** The one on the PATH; nothing if there is none. */
  public static Optional<Mpirun> find() {
    return find(System.getenv("PATH"));
  }

  /** Whether there is one, which is not asked then what it is. */
  public static boolean isThere() {
    return file(System.getenv("PATH")).isPresent();
  }

  /** The one on a path like that. */
  static Optional<Mpirun> find(String path) {
    return file(path).map(file -> new Mpirun(file, version(file).contains("Open")));
  }

  private static Optional<Path> file(String path) {
    return Stream.of((path == null ? "" : path).split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, NAME))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String version(Path file) {
    try {
      Process process =
          new ProcessBuilder(file.toString(), "--version").redirectErrorStream(true).redirectInput(Redirect.from(new File("/dev/null")))
              .start();
      return new String(process.getInputStream().readAllBytes());
    } catch (IOException e) {
      return "";
    }
  }

  /** The words that start so many processes of a command. */
  List<String> words(int ranks, List<String> command) {
    List<String> words = new ArrayList<>(List.of(file.toString(), "-n", Integer.toString(ranks)));
    if (isOpenMpi) {
      words.addAll(List.of("--bind-to", "none", "--oversubscribe")); // devices bound how many there are, not processors
    }
    words.addAll(command);
    return words;
  }

  /** Sets what it is to find in its environment, where nobody has chosen otherwise. */
  static void prepare(Map<String, String> environment) {
    ENVIRONMENT.forEach(environment::putIfAbsent);
  }
}
