// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.util.Optional;

/** What TornadoVM says of a failure, in one line. */
public final class TornadoVmMessage {
  private static final String PACKAGE = "uk.ac.manchester.tornado.";

  private TornadoVmMessage() {}

  /** The words of the innermost of TornadoVM's own exceptions that has some; nothing if none has had a part in it. */
  public static Optional<String> of(Throwable failure) {
    Optional<String> said = Optional.empty();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t.getClass().getName().startsWith(PACKAGE) && t.getMessage() != null && !plain(t.getMessage()).isEmpty()) {
        said = Optional.of(plain(t.getMessage()));
      }
    }
    return said;
  }

  /** The first line of a message, without the full stop, TornadoVM's colours and its talk of a fall-back. */
  public static String plain(String message) {
    String line = message.strip().lines().findFirst().orElse("").replaceAll("\u001b\\[[0-9;]*m", "");
    line = line.replaceAll("\\[(?:WARNING|ERROR)\\] ", "").replace(" Deoptimizing to sequential execution.", "").strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
