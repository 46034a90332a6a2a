// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.host.tune.SearchFolder;
import io.github.arturo4j.host.tune.SearchReport;
import io.github.arturo4j.host.tune.Trial;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.process.JobFolder;
import io.github.arturo4j.service.store.JobStore;
import io.github.arturo4j.service.store.StoredJob;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The searches that are on. A search's job has a process twice, without a device: the first makes its folder, as that takes its data, and
 * the last writes its report. In between it has none and is here; it waits for devices as others do, and each that it is given is a
 * trial's.
 */
final class Searches {
  private static final Logger LOG = LoggerFactory.getLogger(Searches.class);

  private final Ledger ledger;
  private final JobStore jobs;
  private final Intake intake;
  private final JobFolders folders;
  private final Clock clock;
  private final Map<Long, Open> open = new LinkedHashMap<>();
  private final Set<Long> changed = new LinkedHashSet<>();

  /** One whose folder is this server's. */
  private record Open(SearchFolder folder, OngoingSearch search, SearchReport report) {
    /** Has the report tell of the trials that have ended, if there are any. */
    void tell() {
      List<Trial> ended = search.takeEnded();
      ended.forEach(report::read);
      if (!ended.isEmpty()) {
        report.write();
      }
    }
  }

  Searches(Ledger ledger, Intake intake, JobFolders folders, Clock clock) {
    this.ledger = ledger;
    this.jobs = ledger.jobs();
    this.intake = intake;
    this.folders = folders;
    this.clock = clock;
  }

  /**
   * Takes a search up whose folder was made, where its record says that it is.
   *
   * @throws IllegalArgumentException if there is none; one line
   * @throws io.github.arturo4j.host.io.OperationException if its folder is damaged, or another process's; one line
   */
  OngoingSearch open(StoredJob job) {
    JobFolder files = folders.of(job);
    SearchFolder folder = SearchFolder.reopen(files.run());
    OngoingSearch search =
        new OngoingSearch(folder.search(), new TrialJobs(job.id(), files.log(), jobs, intake, clock), folder::score);
    SearchReport report = new SearchReport(folder, JobCommand.shown(job), Versions.environment(null));
    open.put(job.id(), new Open(folder, search, report));
    return search;
  }

  /** Takes those up that were on when the server ended; one that cannot be has failed. */
  void recover(List<StoredJob> searching) {
    for (StoredJob job : searching) {
      if (!open.containsKey(job.id())) {
        try {
          open(job);
        } catch (RuntimeException e) {
          fail(job, e);
        }
      }
    }
  }

  /** Whether trials of a search are still to be trained, whose process has done what it was to do; then it is on. */
  boolean goesOn(StoredJob job) {
    boolean over = open(job).isOver();
    if (over) {
      close(job.id());
    }
    return !over;
  }

  /** Those that have work for a device with room, as jobs that wait for one. */
  List<StoredJob> wanting() {
    List<StoredJob> wanting = new ArrayList<>();
    open.forEach(
        (id, each) -> {
          if (each.search().hasNext()) {
            jobs.get(id).filter(job -> job.state() == State.RUNNING).ifPresent(wanting::add);
          }
        });
    return wanting;
  }

  /** A device has room for a search: the job of the trial that is to have it; nothing if none is to train now. */
  Optional<StoredJob> next(StoredJob job) {
    StoredJob served = job.served(clock.instant());
    jobs.update(served);
    try {
      Optional<StoredJob> trial = open.get(job.id()).search().next();
      trial.ifPresent(each -> changed.add(each.id()));
      return trial;
    } catch (RuntimeException e) {
      fail(served, e);
      return Optional.empty();
    }
  }

  /** One that cannot go on, as its disk is full, for instance, keeps nobody from the devices; when it is resumed, it asks its trials. */
  private void fail(StoredJob job, RuntimeException e) {
    LOG.warn("job {} cannot go on", job.id(), e);
    jobs.update(job.ended(State.FAILED, e.getMessage() == null ? e.toString() : e.getMessage(), null, clock.instant()));
    ledger.add(Dispatcher.SERVER, "end", job.id(), State.FAILED.word());
    changed.add(job.id());
    close(job.id());
  }

  /** Sees to the trials that have ended. A search that is over waits for its last process, and one that was cancelled ends with them. */
  void settle() {
    for (Map.Entry<Long, Open> entry : List.copyOf(open.entrySet())) {
      StoredJob job = jobs.get(entry.getKey()).orElseThrow();
      try {
        settle(job, entry.getValue());
      } catch (RuntimeException e) {
        fail(job, e);
      }
    }
  }

  private void settle(StoredJob job, Open each) {
    OngoingSearch search = each.search();
    boolean cancelled = job.cancel() != null;
    if (cancelled) {
      search.settleCancelled();
    } else {
      search.settle();
    }
    StoredJob now = job.with(search.info());
    if (cancelled || !search.isOver()) { // else its last process does it
      each.tell();
    }
    if (cancelled && jobs.trials(job.id()).stream().allMatch(StoredJob::hasEnded)) {
      jobs.update(now.ended(State.CANCELLED, null, job.cancelledBy(), clock.instant()));
      ledger.add(Dispatcher.SERVER, "end", job.id(), State.CANCELLED.word());
      close(job.id());
    } else if (!cancelled && search.isOver()) {
      jobs.update(now.waiting(job.queued(), 0));
      close(job.id());
    } else if (!now.equals(job)) {
      jobs.update(now);
      changed.add(job.id());
    }
  }

  /** Lets go of a search's folder, which others may have then. */
  void close(long id) {
    Open closed = open.remove(id);
    if (closed != null) {
      closed.folder().close();
      changed.add(id);
    }
  }

  /** Leaves all of them to the next server. */
  void close() {
    List.copyOf(open.keySet()).forEach(this::close);
  }

  /** The jobs that have changed since this was last asked. */
  List<Long> takeChanged() {
    List<Long> all = List.copyOf(changed);
    changed.clear();
    return all;
  }
}
