// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program that tests start under a launcher. Arguments: what to do, the MPI library's file or "-", the timeout in milliseconds.
 * Rank 1 does what is to fail, the others wait for it.
 */
public final class Rank {
  private Rank() {}

  /** Does it. */
  public static void main(String[] args) throws Exception {
    Optional<Path> library = args[1].equals("-") ? Optional.empty() : Optional.of(Path.of(args[1]));
    Duration timeout = Duration.ofMillis(Long.parseLong(args[2]));
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (args[0].equals("late") && Launcher.of(environment).orElseThrow().rank() == 1) {
      Thread.sleep(Duration.ofHours(1));
    }
    if (args[0].equals("contract")) {
      environment.remove("MPI_LOCALRANKID"); // so that one of the libraries has to find it out
    }
    Collective ranks;
    try {
      ranks = open(environment, library, timeout);
    } catch (CollectiveException e) {
      System.out.println("refused: " + e.getMessage());
      return;
    }
    System.out.println("opened: " + ranks);
    if (args[0].equals("contract")) {
      List<String> failures = new CollectiveContract(ranks).failures();
      failures.forEach(System.out::println);
      ranks.close();
      System.out.println(failures.isEmpty() ? "kept by " + ranks.rank() + " of " + ranks.size() : "broken");
      System.exit(failures.isEmpty() ? 0 : 1);
    }
    ranks.barrier();
    if (ranks.rank() == 1) {
      fail(args[0], ranks);
    }
    while (true) {
      ranks.barrier();
      Thread.sleep(1);
    }
  }

  /** A single rank, too, goes by MPI here. */
  private static Collective open(Map<String, String> environment, Optional<Path> library, Duration timeout) {
    Optional<Launcher> launcher = Launcher.of(environment).filter(found -> found.size().orElse(0) == 1);
    return launcher.isPresent()
        ? new Mpi(MpiLibrary.load(library, launcher.get().abi(), environment), launcher.get(), timeout)
        : Collectives.open(environment, library, timeout);
  }

  private static void fail(String how, Collective ranks) throws IOException, InterruptedException {
    switch (how) {
      case "killed" -> new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start().waitFor();
      case "exits" -> System.exit(0);
      case "throws" -> throw new IllegalStateException("thrown by rank 1");
      case "aborts" -> ranks.abort(42);
      case "absent" -> Thread.sleep(Duration.ofHours(1));
      case "runs" -> {} // until it is ended from outside
      default -> throw new IllegalArgumentException(how);
    }
  }
}
