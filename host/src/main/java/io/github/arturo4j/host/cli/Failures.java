// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.kernels.diagnosis.MissingApi;
import io.github.arturo4j.kernels.diagnosis.TornadoVmMessage;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/** Turns a failure into one line and an exit code. */
final class Failures {
  private Failures() {}

  /** Wrong usage: exit code 2. */
  static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Prints the line and gives the exit code. */
  static int report(Throwable failure, PrintWriter err) {
    err.println("arturo: " + line(failure));
    err.flush();
    return failure instanceof UsageException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  /** What a failure is, in one line. */
  static String line(Throwable failure) {
    Throwable outOfMemory = outOfMemory(failure);
    if (outOfMemory != null) {
      return "out of memory (" + Main.firstLine(outOfMemory.getMessage())
          + "); choose a smaller --batch-size, or give more memory: ARTURO_OPTS=-Xmx8g on the JVM device,"
          + " -Dtornado.device.memory=8GB on a TornadoVM device";
    }
    Optional<String> missing = MissingApi.of(failure);
    if (missing.isPresent()) {
      return missing.get();
    }
    if (failure instanceof UsageException
        || failure instanceof DataException
        || failure instanceof IllegalArgumentException
        || failure instanceof IllegalStateException) {
      return Main.firstLine(failure.getMessage());
    }
    Optional<String> said = TornadoVmMessage.of(failure);
    if (said.isPresent()) {
      return "TornadoVM fails: " + said.get() + "; './arturo doctor' tells what the device runs, '--device jvm' does"
          + " without it";
    }
    return failure.getClass().getSimpleName() + ": " + Main.firstLine(failure.getMessage())
        + " (--stacktrace shows where)";
  }

  /** The host's or the device's, whatever it is wrapped in; null if there is none. */
  private static Throwable outOfMemory(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof OutOfMemoryError || t.getClass().getSimpleName().contains("OutOfMemory")) {
        return t;
      }
    }
    return null;
  }
}
