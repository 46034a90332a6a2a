// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.process.Outcome;
import io.github.arturo4j.service.store.StoredJob;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of a job whose process has ended.
 *
 * @param job as it is from now on
 * @param crashed whether the process has ended without a word
 */
record Verdict(StoredJob job, boolean crashed) {
  /** Processes in a row that may end without a word and without progress. */
  static final int MAX_CRASHES = 3;

  /** That of a search whose process has made way for its trials, which are to be trained now. */
  static Verdict ofSearch(StoredJob job, Instant now) {
    return new Verdict(job.cancel() != null ? job.ended(State.CANCELLED, null, job.cancelledBy(), now) : job.running(now), false);
  }

  /**
   * The verdict.
   *
   * @param job while the process ran
   * @param outcome what the process has left
   * @param further whether the process has written a checkpoint beyond the one that it has begun with
   */
  static Verdict of(StoredJob job, Optional<Outcome> outcome, boolean further, Instant now) {
    boolean cancelled = job.cancel() != null;
    if (outcome.isPresent() && outcome.get().exitCode() == Outcome.DONE) {
      return new Verdict(job.ended(State.SUCCEEDED, null, null, now), false);
    }
    if (cancelled && (outcome.isEmpty() || outcome.get().exitCode() == Outcome.STOPPED)) {
      return new Verdict(job.ended(State.CANCELLED, null, job.cancelledBy(), now), false);
    }
    if (outcome.isPresent() && outcome.get().exitCode() == Outcome.STOPPED) { // by somebody else's signal
      return new Verdict(job.waiting(job.queued(), 0), false);
    }
    if (outcome.isPresent()) {
      String failure = outcome.get().failure();
      return new Verdict(
          job.ended(State.FAILED, failure == null ? "exit code " + outcome.get().exitCode() + "; see the log" : failure, null, now), false);
    }
    int crashes = further ? 1 : job.crashes() + 1;
    if (crashes < MAX_CRASHES) {
      return new Verdict(job.waiting(job.queued(), crashes), true);
    }
    return new Verdict(
        job.ended(
            State.FAILED,
            "its process ended without a word " + crashes + " times in a row, without a checkpoint in between; the log and the system's"
                + " (out of memory?) may say why",
            null, now),
        true);
  }
}
