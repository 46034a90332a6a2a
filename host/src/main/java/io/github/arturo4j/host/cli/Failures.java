// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.collective.CollectiveException;
import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.train.DivergedException;
import io.github.arturo4j.kernels.inspect.DeviceException;
import io.github.arturo4j.kernels.inspect.MissingApi;
import io.github.arturo4j.kernels.inspect.TornadoVmMessage;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.ExitCode;

/** Turns a failure into one line and an exit code. */
final class Failures {
  /** A training has diverged: exit code 3, so that whoever starts it again on failure can leave that. */
  private static final int DIVERGED = 3;

  private static final String WHERE = " (--stacktrace shows where)";

  private static final String FAULT =
      "this is a fault of arturo itself, not of what it was given; please report it with the lines that follow";

  private Failures() {}

  /**
   * Prints the line and gives the exit code; behind the line of a fault of our own its stack trace.
   *
   * @param stacktrace whether to print that of any failure, before the line
   */
  static int report(Throwable failure, PrintWriter err, boolean stacktrace) {
    return report("", failure, err, stacktrace);
  }

  /** The same with what the line begins with. */
  static int report(String before, Throwable failure, PrintWriter err, boolean stacktrace) {
    if (stacktrace) {
      failure.printStackTrace(err);
    }
    err.println("arturo: " + before + line(failure));
    if (!stacktrace) {
      printFault(failure, err);
    }
    err.flush();
    return switch (failure) {
      case UsageException e -> ExitCode.USAGE;
      case DivergedException e -> DIVERGED;
      default -> ExitCode.SOFTWARE;
    };
  }

  /** Prints where a fault of our own comes from; nothing of another failure. */
  static void printFault(Throwable failure, PrintWriter err) {
    if (known(failure).isEmpty()) {
      failure.printStackTrace(err);
      err.flush();
    }
  }

  /** What a call gives; if it says that what it was given will not do, the command was used wrongly. */
  static <T> T usage(Supplier<T> call) {
    try {
      return call.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** What a failure is, in one line. */
  static String line(Throwable failure) {
    return known(failure).orElse(FAULT);
  }

  /** What a failure is that is no fault of our own. */
  private static Optional<String> known(Throwable failure) {
    return Exhausted.line(failure).or(() -> MissingApi.of(failure)).or(() -> words(failure));
  }

  private static Optional<String> words(Throwable failure) {
    return switch (failure) {
      case InputException e -> Optional.of(Main.oneLine(e.getMessage()));
      case OperationException e -> Optional.of(Main.oneLine(e.getMessage()));
      case DeviceException e -> Optional.of(Main.oneLine(e.getMessage()));
      case DataException e -> Optional.of(Main.oneLine(e.getMessage()));
      case CollectiveException e -> Optional.of(Main.oneLine(e.getMessage()));
      case DivergedException e -> Optional.of(Main.oneLine(e.getMessage()));
      case UncheckedIOException e ->
          Optional.of("cannot read or write a file: " + Reason.of(e.getCause()) + WHERE);
      case LinkageError e ->
          Optional.of("a part of the program cannot be loaded: its files were changed or removed while it ran, or too few"
              + " files may be open at once; start it again, after 'ulimit -n 1024'" + WHERE);
      default ->
          tornadoVm(failure)
              .map(said -> "TornadoVM fails: " + said + "; './arturo doctor' tells what the device runs, '--device jvm' does"
                  + " without it");
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
