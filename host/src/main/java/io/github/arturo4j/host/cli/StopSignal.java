// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.train.TrainingListener;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * While open, what SIGTERM, Ctrl-C, SIGHUP and SIGUSR1 do: they end the process at once, with a line, as long as nothing
 * would be lost by it; once a training has made a step they ask it to stop. Then a second SIGTERM or Ctrl-C still ends
 * the process; SIGHUP, which comes twice where a terminal closes, and SIGUSR1, which batch systems send ahead of
 * SIGTERM, do not.
 *
 * <p>A signal that was ignored when the process began, as SIGHUP is under {@code nohup}, stays so: Java sees to it.
 * SIGUSR2 is left alone: the Java virtual machine suspends threads with it.
 *
 * <p>Signal handlers, not a shutdown hook: hooks all run at the same time, and one of TornadoVM's OpenCL driver
 * releases the device, which the step in hand and the download of the state still need. Nor does a hook know
 * the signal.
 */
final class StopSignal implements TrainingListener, AutoCloseable {
  /** What a shell expects of a command that a signal has ended: this and the signal's number. */
  private static final int ENDED_BY = 128;

  private static final Signal TERM = new Signal("TERM");
  private static final Signal INT = new Signal("INT");
  private static final List<Signal> ALL = List.of(TERM, INT, new Signal("HUP"), new Signal("USR1"));
  private static final int WAIT_MILLIS = 10_000;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Supplier<String> goOn;
  private final Integer stopCode;
  private final boolean together;
  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
  private boolean hasSteps;
  private boolean insisted;
  private volatile Signal received;

  /**
   * Handles the signals from here on.
   *
   * @param goOn how to go on where the process ended, asked at the signal; null where there is nothing to go on with
   */
  StopSignal(PrintWriter out, PrintWriter err, Supplier<String> goOn) {
    this(out, err, goOn, null, false);
  }

  /**
   * The same with an exit code of its own for a process that can be gone on with.
   *
   * @param stopCode that code; null for the usual ones
   * @param together whether other ranks train, too, so that it stops with them and not at once, even if nothing would be lost
   */
  StopSignal(PrintWriter out, PrintWriter err, Supplier<String> goOn, Integer stopCode, boolean together) {
    this.out = out;
    this.together = together;
    this.err = err;
    this.goOn = goOn;
    this.stopCode = stopCode;
    handle();
  }

  /** Of a rank but the first, which stops with that. */
  static StopSignal ofRank(PrintWriter out, PrintWriter err) {
    return new StopSignal(out, err, () -> null, null, true);
  }

  private synchronized void handle() {
    for (Signal signal : ALL) {
      try {
        before.putIfAbsent(signal, Signal.handle(signal, this::receive));
      } catch (IllegalArgumentException e) {
        // The JVM runs with -Xrs, or the system knows no such signal: it ends the process, as whoever gave -Xrs wants.
      }
    }
  }

  private static void restore(Signal signal, SignalHandler handler) {
    try {
      Signal.handle(signal, handler);
    } catch (NullPointerException e) {
      // What Java gave was no handler: a device's driver (PoCL's LLVM does) had put its own in Java's place, and back again.
      Signal.handle(signal, SignalHandler.SIG_DFL);
    }
  }

  /** A training begins, which has nothing to lose before its first step is done. */
  synchronized void begin() {
    hasSteps = false;
  }

  @Override
  public synchronized void stepDone(int step, double seconds, int images) {
    hasSteps = true;
  }

  private synchronized void receive(Signal signal) {
    boolean insists = signal.equals(TERM) || signal.equals(INT);
    String how = goOn.get();
    if (received == null && !hasSteps && !together) {
      if (how == null) {
        end(err, "arturo: stopped by SIG" + signal.getName(), ENDED_BY + signal.getNumber());
      }
      end(out, "Stopped before the first step; " + how, exitCode(signal));
    }
    if (insists && insisted) {
      end(
          err,
          "arturo: ended at once by a second SIG" + signal.getName() + ", without the steps since the last checkpoint"
              + (how == null ? "" : "; " + how),
          how != null && stopCode != null ? stopCode : ENDED_BY + signal.getNumber());
    }
    insisted |= insists;
    received = received == null ? signal : received;
  }

  /** Without hooks, as a driver's would wait for the kernel that it compiles; our own processes (PyTorch) end with us. */
  private static void end(PrintWriter stream, String line, int code) {
    Thread words = Thread.ofPlatform().daemon().start(() -> write(stream, line));
    try {
      words.join(WAIT_MILLIS); // nobody may be reading
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(code);
  }

  private static void write(PrintWriter stream, String line) {
    try {
      StandardStream.takeLastWord();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (Terminal.hasErrorStream()) {
      System.err.println(); // behind what Ctrl-C or a progress bar left on the line
    }
    stream.println(line);
    stream.flush();
  }

  /**
   * Whether a signal has come that asks to stop. Takes the signals back from a driver that has compiled since: PoCL's LLVM
   * swallows SIGUSR1.
   */
  boolean received() {
    handle();
    return received != null;
  }

  /** Exit code of a training that stopped for the signal, its checkpoint written: 0, 130 for Ctrl-C, or the stop code. */
  int exitCode() {
    return exitCode(received);
  }

  private int exitCode(Signal signal) {
    if (stopCode != null) {
      return stopCode;
    }
    return INT.equals(signal) ? ENDED_BY + signal.getNumber() : 0;
  }

  @Override
  public synchronized void close() {
    before.forEach(StopSignal::restore);
    before.clear();
  }
}
