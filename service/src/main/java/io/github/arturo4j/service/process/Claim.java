// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process has a job's folder, by its own account: for a server that ended between starting a process and knowing its number.
 *
 * @param attempt the attempt's number
 * @param pid of the process
 * @param began the process's start as the system tells it, in milliseconds since 1970
 */
public record Claim(int attempt, long pid, long began) {
  /** That of this process. */
  static Claim ofThisProcess(int attempt) {
    ProcessHandle own = ProcessHandle.current();
    return new Claim(attempt, own.pid(), Processes.began(own).orElse(Instant.EPOCH).toEpochMilli());
  }

  /** Writes it into a job's folder. */
  void write(JobFolder folder) {
    try {
      JsonFile.write(folder.claim(), this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That of an attempt; nothing if its process has not come so far. */
  public static Optional<Claim> read(JobFolder folder, int attempt) {
    try {
      return JsonFile.read(folder.claim(), Claim.class).filter(claim -> claim.attempt() == attempt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process, if it is alive. */
  public Optional<ProcessHandle> process() {
    return Processes.find(pid, Instant.ofEpochMilli(began));
  }
}
