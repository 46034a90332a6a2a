// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.train.DivergedException;
import io.github.arturo4j.kernels.inspect.MissingApi;
import io.github.arturo4j.kernels.inspect.TornadoVmMessage;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ExitCode;

/** Turns a failure into one line and an exit code. */
final class Failures {
  /** A training has diverged: exit code 3, so that whoever starts it again on failure can leave that. */
  private static final int DIVERGED = 3;

  private static final String WHERE = " (--stacktrace shows where)";

  private Failures() {}

  /** Prints the line and gives the exit code. */
  static int report(Throwable failure, PrintWriter err) {
    err.println("arturo: " + line(failure));
    err.flush();
    return switch (failure) {
      case UsageException e -> ExitCode.USAGE;
      case DivergedException e -> DIVERGED;
      default -> ExitCode.SOFTWARE;
    };
  }

  /** What a failure is, in one line. */
  static String line(Throwable failure) {
    return Exhausted.line(failure).or(() -> MissingApi.of(failure)).orElseGet(() -> words(failure));
  }

  private static String words(Throwable failure) {
    return switch (failure) {
      case UsageException e -> Main.oneLine(e.getMessage());
      case DataException e -> Main.oneLine(e.getMessage());
      case DivergedException e -> Main.oneLine(e.getMessage());
      case IllegalArgumentException e when e.getMessage() != null -> Main.oneLine(e.getMessage());
      case IllegalStateException e when e.getMessage() != null -> Main.oneLine(e.getMessage());
      case UncheckedIOException e -> "cannot read or write a file: " + Reason.of(e.getCause()) + WHERE;
      case LinkageError e ->
          "a part of the program cannot be loaded: its files were changed or removed while it ran, or too few files may be"
              + " open at once; start it again, after 'ulimit -n 1024'" + WHERE;
      default ->
          tornadoVm(failure)
              .map(said -> "TornadoVM fails: " + said + "; './arturo doctor' tells what the device runs, '--device jvm' does"
                  + " without it")
              .orElse("this is a fault of arturo itself, not of what it was given; please report it" + WHERE);
    };
  }

  /** What TornadoVM says, or that it says nothing where the failure comes from its modules. */
  private static Optional<String> tornadoVm(Throwable failure) {
    boolean within =
        Stream.of(failure.getStackTrace())
            .map(StackTraceElement::getModuleName)
            .anyMatch(module -> module != null && module.startsWith("tornado."));
    return TornadoVmMessage.of(failure).or(() -> within ? Optional.of("it does not say why") : Optional.empty());
  }
}
