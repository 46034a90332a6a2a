// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What has started the ranks, as far as the environment tells.
 *
 * @param sign the variable that tells of it
 * @param size processes it has started; empty if it does not say
 * @param rank the number of this process, by the launcher's count
 * @param localRank its number among those of this machine; empty if the launcher does not say
 * @param abi the library that fits it most likely
 */
record Launcher(String sign, OptionalInt size, int rank, OptionalInt localRank, MpiAbi abi) {
  private static final List<String> LOCAL_RANKS =
      List.of(
          "OMPI_COMM_WORLD_LOCAL_RANK", "MPI_LOCALRANKID", "MV2_COMM_WORLD_LOCAL_RANK", "PMI_LOCAL_RANK", "PALS_LOCAL_RANKID",
          "SLURM_LOCALID");

  /**
   * What launchers set, those first that are started by another of them: in a Slurm job, Open MPI's and MPICH's mpirun start
   * their helpers as Slurm's tasks, one a node.
   */
  private enum Known {
    OPEN_MPI(MpiAbi.OPEN_MPI, "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK"),
    MVAPICH(MpiAbi.MPICH, "MV2_COMM_WORLD_SIZE", "MV2_COMM_WORLD_RANK"),
    PMI(MpiAbi.MPICH, "PMI_SIZE", "PMI_RANK"),
    SLURM(MpiAbi.OPEN_MPI, "SLURM_STEP_NUM_TASKS", "SLURM_PROCID");

    private final MpiAbi abi;
    private final String size;
    private final String rank;

    Known(MpiAbi abi, String size, String rank) {
      this.abi = abi;
      this.size = size;
      this.rank = rank;
    }
  }

  /** The launcher of this process, if it has one. */
  static Optional<Launcher> of(Map<String, String> environment) {
    OptionalInt localRank =
        LOCAL_RANKS.stream().filter(environment::containsKey).mapToInt(name -> number(environment, name)).findFirst();
    Optional<Launcher> known =
        Arrays.stream(Known.values())
            .filter(launcher -> environment.containsKey(launcher.size))
            .findFirst()
            .map(
                launcher -> new Launcher(
                    launcher.size, OptionalInt.of(number(environment, launcher.size)), number(environment, launcher.rank),
                    localRank, launcher.abi));
    String pmix = "PMIX_RANK"; // of a launcher that does not say how many there are
    return known.or(
        () -> environment.containsKey(pmix)
            ? Optional.of(new Launcher(pmix, OptionalInt.empty(), number(environment, pmix), localRank, MpiAbi.OPEN_MPI))
            : Optional.empty());
  }

  /**
   * Refuses tasks that Slurm has started without a plug-in for MPI, its default: each would find itself alone.
   *
   * @throws CollectiveException if this is one of them
   */
  void requirePlugin(Map<String, String> environment) {
    if (sign.equals(Known.SLURM.size) && environment.keySet().stream().noneMatch(name -> name.startsWith("PMI"))) {
      throw new CollectiveException(
          "Slurm has started " + size.getAsInt() + " tasks without a plug-in for MPI; give srun the option --mpi=pmix (for Open MPI) or"
              + " --mpi=pmi2 (for MPICH), or --ntasks=1 for a training of its own");
    }
  }

  private static int number(Map<String, String> environment, String name) {
    String value = Objects.requireNonNullElse(environment.get(name), "");
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException e) {
      throw new CollectiveException(
          "the environment variable " + name + " is '" + value + "', not a number as a launcher of MPI programs sets it;"
              + " start with mpirun or srun, or unset it");
    }
  }

  /** Whether MPI counts as the launcher does. */
  boolean fits(int mpiRank, int mpiSize) {
    return size.isPresent() ? size.getAsInt() == mpiSize : rank == mpiRank;
  }

  /** What helps if it does not. */
  String remedy() {
    return sign.equals(Known.SLURM.size)
        ? "give srun the option that the library was built for, --mpi=pmix or --mpi=pmi2, or name another library with --mpi-library"
        : "start with the mpirun of that library, or name the launcher's library with --mpi-library";
  }

  /** The variable and its value, as one may see it in the environment. */
  @Override
  public String toString() {
    return sign + "=" + size.orElse(rank);
  }
}
