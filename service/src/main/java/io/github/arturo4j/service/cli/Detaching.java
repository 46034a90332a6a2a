// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import java.io.PrintWriter;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** While open, Ctrl-C ends this program only, and says how to come back: the job is not this program's. */
final class Detaching implements AutoCloseable {
  private static final Signal INT = new Signal("INT");
  private static final int ENDED_BY = 128;

  private final SignalHandler before;

  /**
   * Takes the signal.
   *
   * @param line what is said then
   */
  Detaching(PrintWriter err, String line) {
    before =
        handle(
            signal -> {
              Thread words = Thread.ofPlatform().daemon().start(() -> print(err, line));
              try {
                words.join(1_000); // nobody may be reading
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(ENDED_BY + signal.getNumber());
            });
  }

  private static void print(PrintWriter err, String line) {
    if (System.console() != null && System.console().isTerminal()) {
      err.println(); // behind what Ctrl-C has left on the line
    }
    err.println(line);
    err.flush();
  }

  private static SignalHandler handle(SignalHandler handler) {
    try {
      return Signal.handle(INT, handler);
    } catch (IllegalArgumentException e) {
      return null; // the JVM runs with -Xrs: it ends the program, as whoever gave that wants
    }
  }

  @Override
  public void close() {
    if (before != null) {
      Signal.handle(INT, before);
    }
  }
}
