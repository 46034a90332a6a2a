// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * How a process has ended, by its own account. One that was killed leaves none; so it is told from one that failed, also by a server
 * that was not there, and to which the system does not tell the exit code of a process that is not its child.
 *
 * @param attempt the attempt's number
 * @param exitCode the command's
 * @param failure the line in which it has said what went wrong; null if it has not
 */
public record Outcome(int attempt, int exitCode, String failure) {
  /** The command has done all that it was to do. */
  public static final int DONE = 0;

  /** The command was stopped by a signal and can go on. */
  public static final int STOPPED = 75;

  /** Writes it into a job's folder. */
  public void write(JobFolder folder) {
    try {
      JsonFile.write(folder.outcome(), this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That of an attempt; nothing if it has not come to its end. */
  public static Optional<Outcome> read(JobFolder folder, int attempt) {
    try {
      return JsonFile.read(folder.outcome(), Outcome.class).filter(outcome -> outcome.attempt() == attempt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
