// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.Attempt;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobPage;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.queue.Change;
import io.github.arturo4j.service.queue.Jobs;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How many jobs are in which state, and since when they wait; kept up to date by their changes, so that nobody has to count. */
final class JobCensus {
  private static final int PAGE = 1000;

  private final Map<Long, Entry> entries = new HashMap<>();
  private final Set<Long> removed = new HashSet<>();
  private boolean complete;
  private long attempts;

  /**
   * What is known of a job.
   *
   * @param since when it came into the state, as far as is known
   * @param attempts its processes so far
   */
  private record Entry(State state, Instant since, int attempts) {}

  /** Of all jobs; ends with the server. */
  static JobCensus of(Jobs jobs) {
    JobCensus census = new JobCensus();
    jobs.watch(census::tell);
    Long before = null;
    do {
      JobPage page = jobs.list(Set.of(), null, before, PAGE);
      for (Job job : page.jobs()) {
        census.found(job);
        if (job.search() != null) {
          jobs.trials(job.id()).forEach(census::found);
        }
      }
      before = page.next();
    } while (before != null);
    census.complete();
    return census;
  }

  private synchronized void complete() {
    complete = true;
    removed.clear();
  }

  private synchronized void found(Job job) {
    if (!removed.contains(job.id()) && !entries.containsKey(job.id())) { // a change is newer
      Instant since = job.attempts().stream().map(Attempt::ended).filter(Objects::nonNull).reduce(job.submitted(), (a, b) -> b);
      entries.put(job.id(), new Entry(job.state(), since, job.attempts().size()));
    }
  }

  private synchronized void tell(Change change) {
    switch (change) {
      case Change.OfJob of -> {
        Job job = of.job();
        Entry before = entries.get(job.id());
        Instant since = before != null && before.state() == job.state() ? before.since() : Instant.now();
        if (before != null || complete) { // else nobody knows which of its attempts are old
          attempts += Math.max(0, job.attempts().size() - (before == null ? 0 : before.attempts()));
        }
        entries.put(job.id(), new Entry(job.state(), since, job.attempts().size()));
      }
      case Change.Removed gone -> {
        entries.remove(gone.id());
        if (!complete) {
          removed.add(gone.id());
        }
      }
      case Change.OfDevice of -> {
        // no job
      }
    }
  }

  /** Jobs in a state. */
  synchronized long in(State state) {
    return entries.values().stream().filter(each -> each.state() == state).count();
  }

  /** Seconds that the job which has waited longest has waited; 0 if none waits. */
  synchronized double oldestWait(Instant now) {
    return entries.values().stream().filter(each -> each.state() == State.QUEUED).map(Entry::since).min(Instant::compareTo)
        .map(since -> Math.max(0, (now.toEpochMilli() - since.toEpochMilli()) / 1000.0)).orElse(0.0);
  }

  /** Processes that were started since the server was. */
  synchronized long attempts() {
    return attempts;
  }
}
