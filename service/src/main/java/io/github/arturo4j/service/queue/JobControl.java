// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.tune.SearchFolder;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.JobChange;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.RefusedException.Kind;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.store.JobStore;
import io.github.arturo4j.service.store.StoredJob;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What clients ask to be done with jobs that are there, and with the trials of a search. Its caller has the queue's lock. */
final class JobControl {
  private final Ledger ledger;
  private final JobStore jobs;
  private final JobViews views;
  private final JobFolders folders;
  private final JobDraft draft;
  private final Searches searches;
  private final Dispatcher dispatcher;
  private final Clock clock;

  JobControl(
      Ledger ledger, JobFolders folders, JobDraft draft, Searches searches, Dispatcher dispatcher, JobViews views, Clock clock) {
    this.ledger = ledger;
    this.jobs = ledger.jobs();
    this.views = views;
    this.folders = folders;
    this.draft = draft;
    this.searches = searches;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  private List<StoredJob> activeTrials(long id) {
    return jobs.trials(id).stream().filter(trial -> !trial.hasEnded()).toList();
  }

  /** A job and some others. */
  private static List<Long> ids(long id, List<StoredJob> others) {
    return Stream.concat(others.stream().map(StoredJob::id), Stream.of(id)).toList();
  }

  /** As {@link Jobs#change}; the jobs that have changed. */
  List<Long> change(long id, JobChange change, String who) {
    StoredJob job = views.stored(id);
    if (change.priority() != null && job.hasEnded()) {
      throw new RefusedException(Kind.CONFLICT, "priority", "job " + id + " has ended; resume it first, or leave its priority");
    }
    StoredJob other =
        job.with(
            change.name() == null ? job.name() : JobDraft.name(change.name()),
            change.labels() == null ? job.labels() : JobDraft.labels(change.labels()),
            change.priority() == null ? job.priority() : JobDraft.priority(change.priority()));
    List<StoredJob> trials = change.priority() == null ? List.of() : activeTrials(id);
    ledger.inTransaction(
        () -> {
          ledger.change(other, who, "change", null);
          trials.forEach(trial -> jobs.update(trial.with(trial.name(), trial.labels(), other.priority())));
        });
    return ids(id, trials);
  }

  /** As {@link Jobs#cancel(long, CancelMode, String)}, with the trials of a search; the jobs that have changed. */
  List<Long> cancel(long id, CancelMode mode, String who) {
    StoredJob job = views.stored(id);
    if (job.hasEnded()) {
      throw new RefusedException(
          Kind.CONFLICT, "id", "job " + id + " has ended already: it is " + job.state().word() + "; there is nothing to cancel");
    }
    List<StoredJob> trials = activeTrials(id);
    ledger.inTransaction(
        () -> {
          ledger.change(cancelled(job, mode, who), who, "cancel", mode.word());
          trials.forEach(trial -> jobs.update(cancelled(trial, mode, who)));
        });
    ids(id, trials).forEach(each -> dispatcher.stop(each, mode));
    return ids(id, trials);
  }

  private StoredJob cancelled(StoredJob job, CancelMode mode, String who) {
    return job.state() == State.QUEUED
        ? job.ended(State.CANCELLED, null, who, clock.instant())
        : job.stopping(job.cancel() == CancelMode.NOW ? CancelMode.NOW : mode, who);
  }

  /** As {@link Jobs#resume}, with the trials of a search; the jobs that have changed. */
  List<Long> resume(long id, Integer epochs, String who) {
    StoredJob job = views.stored(id);
    if (!job.hasEnded()) {
      throw new RefusedException(
          Kind.CONFLICT, "id", "job " + id + " is " + job.state().word() + "; only one that has ended can be resumed");
    }
    refuseTrial(job, "resume");
    if (job.kind() == JobKind.TUNE) {
      return resumeSearch(job, epochs, who);
    }
    if (epochs == null && job.state() == State.SUCCEEDED) {
      throw new RefusedException(
          Kind.CONFLICT, "epochs", "job " + job.id() + " has all its epochs; a greater number of epochs has it go on");
    }
    Map<String, Object> options = epochs == null ? job.options() : MoreEpochs.of(job, epochs, draft, folders.experiment(id));
    ledger.change(job.with(options).waiting(clock.instant(), 0), who, "resume", epochs == null ? null : "epochs: " + epochs);
    return List.of(id);
  }

  private static void refuseTrial(StoredJob job, String what) {
    if (job.trial() != null) {
      throw new RefusedException(
          Kind.CONFLICT, "id",
          "job " + job.id() + " is trial " + job.trial().number() + " of job " + job.trial().of() + "; " + what + " that one");
    }
  }

  private List<Long> resumeSearch(StoredJob job, Integer epochs, String who) {
    if (epochs != null) {
      throw new RefusedException(
          Kind.CONFLICT, "epochs", "job " + job.id() + " is a search, which keeps its epochs; submit another one with more");
    }
    if (job.state() == State.SUCCEEDED) {
      throw new RefusedException(
          Kind.CONFLICT, "id", "job " + job.id() + " has tried all that it was to try; submit another one with more trials");
    }
    if (!SearchFolder.isMade(folders.of(job).run())) {
      ledger.change(job.waiting(clock.instant(), 0), who, "resume", null);
      return List.of(job.id());
    }
    OngoingSearch search;
    try {
      search = searches.open(job);
    } catch (IllegalArgumentException | OperationException e) {
      throw new RefusedException(Kind.CONFLICT, "id", e.getMessage());
    }
    Instant now = clock.instant();
    try {
      ledger.inTransaction( // or a trial that goes on with its search would be taken for one that was cancelled alone
          () -> {
            search.resume();
            // behind its trials, or a new one would be begun before they have gone on
            ledger.change(job.running(now).served(clock.instant().plusMillis(1)), who, "resume", null);
          });
    } catch (RuntimeException e) {
      searches.close(job.id()); // it has not gone on
      throw e;
    }
    return ids(job.id(), activeTrials(job.id()));
  }

  /** As {@link Jobs#delete}, with the trials of a search; the jobs that are gone. */
  List<Long> delete(long id, String who) {
    StoredJob job = views.stored(id);
    if (!job.hasEnded()) {
      throw new RefusedException(Kind.CONFLICT, "id", "job " + id + " is " + job.state().word() + "; cancel it first");
    }
    refuseTrial(job, "delete");
    List<StoredJob> trials = jobs.trials(id);
    ids(id, trials).forEach(folders::remove);
    ledger.inTransaction(
        () -> {
          trials.forEach(trial -> jobs.remove(trial.id()));
          jobs.remove(id);
          ledger.add(who, "delete", id, job.name());
        });
    return ids(id, trials);
  }
}
