// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * While open, turns SIGTERM and Ctrl-C into a request to stop; a second signal ends the process at once, as
 * usual.
 *
 * <p>Signal handlers, not a shutdown hook: hooks all run at the same time, and one of TornadoVM's OpenCL driver
 * releases the device, which the step in hand and the download of the state still need. Nor does a hook know
 * the signal.
 */
final class StopSignal implements AutoCloseable {
  /** What a shell expects of a command that Ctrl-C has stopped: 128 + SIGINT. */
  private static final int INTERRUPTED = 130;

  private static final Signal TERM = new Signal("TERM");
  private static final Signal INT = new Signal("INT");

  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
  private volatile Signal received;

  StopSignal() {
    handle(TERM);
    handle(INT);
  }

  private synchronized void handle(Signal signal) {
    try {
      before.put(signal, Signal.handle(signal, this::receive));
    } catch (IllegalArgumentException e) {
      // The JVM runs with -Xrs: whoever gave that wants signals to end the process.
    }
  }

  private void receive(Signal signal) {
    try {
      close();
    } finally {
      received = signal;
    }
  }

  /** Whether a signal has come. */
  boolean received() {
    return received != null;
  }

  /** Exit code of a training that stopped for the signal, its checkpoint written: 0, or 130 for Ctrl-C. */
  int exitCode() {
    return INT.equals(received) ? INTERRUPTED : 0;
  }

  @Override
  public synchronized void close() {
    before.forEach(StopSignal::restore);
    before.clear();
  }

  private static void restore(Signal signal, SignalHandler usual) {
    try {
      Signal.handle(signal, usual);
    } catch (NullPointerException e) {
      // Java remembers none: a device's driver (PoCL's LLVM does) has put its own in Java's place, and back again.
      Signal.handle(signal, SignalHandler.SIG_DFL);
    }
  }
}
