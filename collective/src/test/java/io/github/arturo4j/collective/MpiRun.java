// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@link Rank}s under an mpirun. Closing ends what is left of them. */
final class MpiRun implements AutoCloseable {
  /** The launchers, each with what its version tells of. */
  enum Family {
    /** Its mpirun is {@code mpirun.openmpi} where another one stands beside it. */
    OPEN_MPI("Open MPI", "mpirun.openmpi", "--oversubscribe", "--bind-to", "none"),
    /** Likewise. */
    MPICH("HYDRA", "mpirun.mpich");

    private final String sign;
    private final String command;
    private final List<String> options;

    Family(String sign, String command, String... options) {
      this.sign = sign;
      this.command = command;
      this.options = List.of(options);
    }

    /** Its mpirun; a test that needs one is skipped where there is none. */
    private String mpirun() {
      Optional<String> found = Stream.of(command, "mpirun").filter(name -> version(name).contains(sign)).findFirst();
      assumeTrue(found.isPresent(), "no mpirun of " + this + " is installed");
      return found.orElseThrow();
    }

    private static String version(String command) {
      try {
        Process process = new ProcessBuilder(command, "--version").redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes());
      } catch (IOException e) {
        return ""; // there is no such command
      }
    }
  }

  private static final int MAX_SECONDS = 120; // of a machine that has much else to do

  /** How the variables of launchers begin: the tests themselves may run under one. */
  private static final List<String> LAUNCHERS = List.of("OMPI_", "PMI", "MPI", "MV2_", "SLURM");

  private final String mark = UUID.randomUUID().toString();
  private final Path output;
  private final Process process;
  private final List<ProcessHandle> helpers = new ArrayList<>();

  private MpiRun(List<String> launcher, Map<String, String> environment, String what, String library, long timeoutMillis)
      throws IOException {
    output = Files.createTempFile("ranks", ".txt");
    List<String> words = new ArrayList<>(launcher);
    words.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dmark=" + mark, "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-cp",
            System.getProperty("java.class.path"), Rank.class.getName(), what, library, Long.toString(timeoutMillis)));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> LAUNCHERS.stream().anyMatch(name::startsWith));
    builder.environment().putAll(
        Map.of(
            "OMPI_ALLOW_RUN_AS_ROOT", "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", // for tests in a container
            "OMPI_MCA_mpi_yield_when_idle", "1", "MPIR_CVAR_POLLS_BEFORE_YIELD", "1")); // there may be more ranks than cores
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** So many ranks, with the library that is found. */
  static MpiRun start(Family family, int ranks, String what, long timeoutMillis) throws IOException {
    return start(family, ranks, what, "-", timeoutMillis, Map.of());
  }

  /** With a library's file, or "-", and variables of the environment. */
  static MpiRun start(
      Family family, int ranks, String what, String library, long timeoutMillis, Map<String, String> environment)
      throws IOException {
    List<String> launcher = new ArrayList<>(List.of(family.mpirun()));
    launcher.addAll(family.options);
    launcher.addAll(List.of("-n", Integer.toString(ranks)));
    return new MpiRun(launcher, environment, what, library, timeoutMillis);
  }

  /** A process that no launcher has started. */
  static MpiRun alone(String what, String library, Map<String, String> environment) throws IOException {
    return new MpiRun(List.of(), environment, what, library, 60_000);
  }

  /** The exit code. */
  int exitCode() throws InterruptedException, IOException {
    boolean ended = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
    assertThat(ended).as("ended within %s s; its output: %s", MAX_SECONDS, output()).isTrue();
    return process.exitValue();
  }

  /** What ranks and launcher have written so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** Waits until the output has a text so many times. */
  void await(String text, int times) throws IOException, InterruptedException {
    for (int i = 0; i < MAX_SECONDS * 20; i++) {
      if (output().split(text, -1).length > times) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("there is no '" + text + "' in: " + output());
  }

  /** Ends the launcher, without a chance for it to end its ranks. */
  void killLauncher() {
    process.descendants().forEach(helpers::add);
    process.destroyForcibly();
  }

  /** Whether all its processes end within seconds, the launcher included. */
  boolean endsWithin(int seconds) throws InterruptedException {
    for (int i = 0; i < seconds * 20; i++) {
      if (left().isEmpty()) {
        return true;
      }
      Thread.sleep(50);
    }
    return false;
  }

  private List<ProcessHandle> left() {
    return Stream.concat(ProcessHandle.allProcesses().filter(this::isOurs), helpers.stream().filter(ProcessHandle::isAlive)).toList();
  }

  private boolean isOurs(ProcessHandle candidate) {
    return candidate.info().commandLine().orElse("").contains(mark);
  }

  @Override
  public void close() throws IOException {
    left().forEach(ProcessHandle::destroyForcibly);
    Files.delete(output);
  }
}
