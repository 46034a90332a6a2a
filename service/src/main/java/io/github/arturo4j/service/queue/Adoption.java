// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.process.Claim;
import io.github.arturo4j.service.process.JobFolder;
import io.github.arturo4j.service.process.Order;
import io.github.arturo4j.service.process.Outcome;
import io.github.arturo4j.service.process.Processes;
import io.github.arturo4j.service.store.StoredAttempt;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Finds the processes that a server before has started. */
final class Adoption {
  /** How often, and for how long between, a process may take to say who it is. */
  private static final int MAX_LOOKS = 100;

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private Adoption() {}

  /** The process of an attempt; nothing if there is none, and never will be. */
  static Optional<ProcessHandle> find(StoredAttempt attempt, JobFolder folder) {
    return attempt.pid() == null ? unknown(attempt, folder) : Processes.find(attempt.pid(), attempt.processBegan());
  }

  /** One whose number the server did not come to know. */
  private static Optional<ProcessHandle> unknown(StoredAttempt attempt, JobFolder folder) {
    new Order(attempt.number() + 1, List.of()).write(folder); // one that has not looked yet finds another number, and ends
    for (int look = 0; look < MAX_LOOKS; look++) {
      Optional<Outcome> ended = Outcome.read(folder, attempt.number());
      Optional<ProcessHandle> found = Claim.read(folder, attempt.number()).flatMap(Claim::process);
      if (ended.isPresent() || found.isPresent()) {
        return ended.isPresent() ? Optional.empty() : found;
      }
      if (!Processes.isTaken(folder)) {
        new Outcome(attempt.number(), Outcome.STOPPED, null).write(folder);
        return Optional.empty();
      }
      LockSupport.parkNanos(LOOK_NANOS); // it has the folder, and says in a moment who it is
    }
    return Optional.empty();
  }
}
