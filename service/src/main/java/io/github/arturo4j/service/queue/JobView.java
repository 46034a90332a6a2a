// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.api.Attempt;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.Position;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.store.StoredAttempt;
import io.github.arturo4j.service.store.StoredJob;
import java.util.List;

/** A job as clients see it. */
final class JobView {
  private JobView() {}

  /**
   * The view.
   *
   * @param process that it has; null if it has none
   * @param waits what it waits for; null if it does not
   */
  static Job of(StoredJob job, List<StoredAttempt> attempts, Running process, String waits) {
    Position position = process == null ? job.position() : process.progress().position().orElse(job.position());
    boolean resumable = job.resumable() || process != null && process.progress().isResumable();
    Double left =
        process == null || job.kind() == JobKind.COMPARE ? null : process.progress().secondsLeft().orElse(null);
    return new Job(
        job.id(), job.kind(), job.name(), job.experiment(), job.options(), job.dataset(), job.labels(), job.priority(), job.devices(),
        job.device(), job.state(), resumable, job.state() == State.QUEUED ? waits : null, job.failure(), job.cancelledBy(),
        job.submitted(), job.submittedBy(), job.began(), job.ended(), position, left, attempts.stream().map(JobView::of).toList());
  }

  private static Attempt of(StoredAttempt attempt) {
    return new Attempt(
        attempt.number(), attempt.slots(), attempt.pid(), attempt.began(), attempt.ended(), attempt.exitCode());
  }
}
