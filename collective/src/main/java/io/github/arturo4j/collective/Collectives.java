// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Opens the {@link Collective} of this process. */
public final class Collectives {
  /** The exit code of a process that has waited too long for another one: the failure is a passing one, as in {@code sysexits.h}. */
  public static final int TIMED_OUT = 75;

  private Collectives() {}

  /**
   * The number that a launcher has given this process, before MPI is opened; 0 if none is recognised.
   *
   * @param environment in which launchers leave their variables
   * @throws CollectiveException if it tells of a launcher, and not the number
   */
  public static int rank(Map<String, String> environment) {
    return Launcher.of(environment).map(Launcher::rank).orElse(0);
  }

  /**
   * Whether a launcher has started this process as one of several, or may have, before MPI is opened.
   *
   * @param environment in which launchers leave their variables
   * @throws CollectiveException if it tells of a launcher, and not the number
   */
  public static boolean isOneOfSeveral(Map<String, String> environment) {
    return Launcher.of(environment).map(launcher -> launcher.size().isEmpty() || launcher.size().getAsInt() > 1).orElse(false);
  }

  /**
   * The ranks that a launcher has started: by MPI, or this process alone where none is recognised or it has started one. A library
   * that is named is loaded in any case, and its number of ranks is what counts if no launcher is recognised.
   *
   * <p>With MPI, the thread that calls this is the only one that may use the result, but for {@link Collective#abort} and
   * {@link Collective#meters}. MPICH takes the signal SIGUSR1: who wants it sets a handler afterwards. MPI can be opened once in a
   * process' life. A call that takes longer than the timeout, the opening and closing included, prints a line and ends the process
   * with {@link #TIMED_OUT}.
   *
   * @param environment in which launchers leave their variables
   * @param library the file of an MPI library; if there is none, it is looked for
   * @param timeout of a call, greater than 0
   * @throws CollectiveException if there is no MPI library, or it does not fit the launcher
   */
  public static Collective open(Map<String, String> environment, Optional<Path> library, Duration timeout) {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("a timeout of " + timeout);
    }
    Optional<Launcher> launcher = Launcher.of(environment);
    boolean alone = launcher.map(found -> found.size().orElse(0) == 1).orElse(true);
    if (library.isEmpty() && alone) {
      return Single.INSTANCE;
    }
    launcher.ifPresent(found -> found.requirePlugin(environment));
    MpiAbi preferred = launcher.map(Launcher::abi).orElse(MpiAbi.OPEN_MPI);
    return new Mpi(MpiLibrary.load(library, preferred, environment), launcher.orElse(null), timeout);
  }
}
