// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.api.Attempt;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.JobPage;
import io.github.arturo4j.service.api.Position;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.RefusedException.Kind;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.store.JobStore;
import io.github.arturo4j.service.store.StoredAttempt;
import io.github.arturo4j.service.store.StoredJob;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Jobs as clients see them: what the database has, and what their processes tell. Its caller has the queue's lock. */
final class JobViews {
  private final JobStore jobs;
  private final Dispatcher dispatcher;

  JobViews(JobStore jobs, Dispatcher dispatcher) {
    this.jobs = jobs;
    this.dispatcher = dispatcher;
  }

  /** A job as the database has it; errors as {@link Jobs#get}. */
  StoredJob stored(long id) {
    return jobs.get(id).orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "id", "there is no job " + id + "; GET /jobs lists them"));
  }

  /** As {@link Jobs#get}. */
  Job get(long id) {
    return view(stored(id), jobs.attempts(id));
  }

  /** As {@link Jobs#list}. */
  JobPage page(Set<State> states, String label, Long before, int limit) {
    List<StoredJob> found = jobs.page(states, label, before == null ? Long.MAX_VALUE : before, limit + 1);
    List<Job> page = views(found.stream().limit(limit).toList());
    return new JobPage(page, found.size() > limit ? page.getLast().id() : null);
  }

  /** As {@link Jobs#trials}. */
  List<Job> trials(long id) {
    stored(id);
    return views(jobs.trials(id));
  }

  private List<Job> views(List<StoredJob> found) {
    Map<Long, List<StoredAttempt>> attempts = jobs.attempts(found.stream().map(StoredJob::id).toList());
    return found.stream().map(job -> view(job, attempts.getOrDefault(job.id(), List.of()))).toList();
  }

  private Job view(StoredJob job, List<StoredAttempt> attempts) {
    Running process = dispatcher.running(job.id()).orElse(null);
    Position position = process == null ? job.position() : process.progress().position().orElse(job.position());
    boolean resumable = job.resumable() || process != null && process.progress().isResumable();
    Double left =
        process == null || job.kind() != JobKind.TRAIN || job.trial() != null // which ends when its search says so
            ? null
            : process.progress().secondsLeft().orElse(null);
    String waits = job.state() == State.QUEUED ? dispatcher.waits(job.id()) : null;
    return new Job(
        job.id(), job.kind(), job.name(), job.experiment(), job.options(), job.dataset(), job.labels(), job.priority(), job.devices(),
        job.device(), job.state(), resumable, waits, job.failure(), job.cancelledBy(), job.submitted(), job.submittedBy(), job.began(),
        job.ended(), position, left, attempts.stream().map(JobViews::view).toList(), job.trial(),
        job.search());
  }

  private static Attempt view(StoredAttempt attempt) {
    return new Attempt(
        attempt.number(), attempt.slots(), attempt.pid(), attempt.began(), attempt.ended(), attempt.exitCode());
  }
}
