// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.run.FolderLock;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts the processes of jobs, and finds them again. Each has a session of its own, so that neither a Ctrl-C at the server's terminal
 * nor the server's end reaches it; what it prints goes straight into its log.
 */
public final class Processes {
  /** What opens a service is nothing for a training. */
  private static final List<String> SECRETS = List.of("ARTURO_TOKEN", "ARTURO_SERVER");

  private final Path directory;
  private final Program program;

  /** What the process of an attempt runs. */
  @FunctionalInterface
  public interface Program {
    /** The words of its command. */
    List<String> words(JobFolder folder, int attempt);
  }

  /**
   * Of a server.
   *
   * @param directory where they are started: relative paths of experiments begin there
   * @param program what they run, such as {@link JobProcess}
   */
  public Processes(Path directory, Program program) {
    this.directory = directory;
    this.program = program;
  }

  /**
   * Starts the process of an attempt whose order is written, or several at once, by a launcher, whose first does what a single one
   * would.
   *
   * @param ranks how many
   * @throws OperationException if the system does not let it be started; one line
   */
  public ProcessHandle start(JobFolder folder, int attempt, int ranks) {
    List<String> words = new ArrayList<>(List.of("setsid"));
    List<String> command = program.words(folder, attempt);
    words.addAll(ranks > 1 ? mpirun().words(ranks, command) : command);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(folder.log().toFile()));
    builder.environment().keySet().removeAll(SECRETS);
    if (ranks > 1) {
      Mpirun.prepare(builder.environment());
    }
    try {
      return builder.start().toHandle();
    } catch (IOException e) {
      throw new OperationException(
          "cannot start the job's process: " + Reason.of(e) + "; see that there is memory, and that 'setsid' (Debian:"
              + " util-linux) is on the PATH", e);
    }
  }

  private static Mpirun mpirun() {
    return Mpirun.find()
        .orElseThrow(
            () -> new OperationException(
                "there is no mpirun here any more, which starts a training on several devices; install it again (Debian:"
                    + " openmpi-bin), and resume the job"));
  }

  /** The process with that number, if it is the one that began then; a number is used again. */
  public static Optional<ProcessHandle> find(long pid, Instant began) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(handle -> began(handle).filter(began::equals).isPresent());
  }

  /** When a process began, to the millisecond. */
  public static Optional<Instant> began(ProcessHandle handle) {
    return handle.info().startInstant().map(time -> Instant.ofEpochMilli(time.toEpochMilli()));
  }

  /** Whether a process has the folder: one that was started for it and is not known by its number. */
  public static boolean isTaken(JobFolder folder) {
    try (FolderLock _ = FolderLock.take(folder.path())) {
      return false;
    } catch (OperationException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends a process and those that it has started, at once. */
  public static void kill(ProcessHandle handle) {
    handle.descendants().forEach(ProcessHandle::destroyForcibly);
    handle.destroyForcibly();
  }

  /**
   * Asks a process to stop after the step in hand, with a checkpoint. SIGUSR1 it is, as a second one changes nothing: a server that was
   * killed meanwhile asks again.
   */
  public static void stop(ProcessHandle handle) {
    try {
      new ProcessBuilder("sh", "-c", "kill -USR1 " + handle.pid())
          .redirectErrorStream(true)
          .redirectOutput(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new OperationException("cannot ask process " + handle.pid() + " to stop: " + Reason.of(e) + "; cancel the job at once"
          + " instead", e);
    }
  }
}
