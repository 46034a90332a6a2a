// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.store.JobStore;
import io.github.arturo4j.service.store.StoredAttempt;
import io.github.arturo4j.service.store.StoredJob;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** On which devices the processes of jobs that wait have ended without a word, since somebody has submitted or resumed the job. */
final class CrashSites {
  private CrashSites() {}

  /** The ids of these devices by the numbers of their jobs; a job without any is missing. */
  static Map<Long, Set<String>> of(Collection<StoredJob> queued, JobStore jobs) {
    List<StoredJob> crashed = queued.stream().filter(job -> job.crashes() > 0).toList();
    Map<Long, List<StoredAttempt>> attempts = crashed.isEmpty() ? Map.of() : jobs.attempts(crashed.stream().map(StoredJob::id).toList());
    Map<Long, Set<String>> sites = new HashMap<>();
    crashed.forEach(job -> sites.put(job.id(), devices(job, attempts.getOrDefault(job.id(), List.of()))));
    return sites;
  }

  /** One that is killed at a client's wish has no exit code either, but the job was queued anew after that. */
  private static Set<String> devices(StoredJob job, List<StoredAttempt> attempts) {
    return attempts.stream()
        .filter(attempt -> attempt.ended() != null && attempt.exitCode() == null && !attempt.began().isBefore(job.queued()))
        .flatMap(attempt -> attempt.slots().stream())
        .map(slot -> Slot.of(slot).device())
        .collect(Collectors.toUnmodifiableSet());
  }
}
