// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.process.Claim;
import io.github.arturo4j.service.process.JobFolder;
import io.github.arturo4j.service.process.Order;
import io.github.arturo4j.service.process.Outcome;
import io.github.arturo4j.service.process.Processes;
import io.github.arturo4j.service.process.Progress;
import io.github.arturo4j.service.store.JobStore;
import io.github.arturo4j.service.store.StoredAttempt;
import io.github.arturo4j.service.store.StoredJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives devices to jobs, starts their processes, and sees to what follows when these end. Its caller has the queue's lock. */
final class Dispatcher {
  /** Who it is in the audit trail. */
  static final String SERVER = "server";

  /** How often, and for how long between, a process may take to say who it is. */
  private static final int MAX_LOOKS = 100;

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Ledger ledger;
  private final JobStore jobs;
  private final DevicePool devices;
  private final Processes processes;
  private final JobFolders folders;
  private final DataRoot data;
  private final Clock clock;
  private final Ends ends;
  private final Map<Long, Running> running = new LinkedHashMap<>();
  private Map<Long, String> waits = new HashMap<>();
  private boolean paused;
  private boolean closed;

  /** Is told of ends, without the queue's lock. */
  interface Ends {
    void ended(long job, int attempt);
  }

  Dispatcher(
      Ledger ledger, DevicePool devices, Processes processes, JobFolders folders, DataRoot data, Clock clock, Ends ends) {
    this.ledger = ledger;
    this.jobs = ledger.jobs();
    this.devices = devices;
    this.processes = processes;
    this.folders = folders;
    this.data = data;
    this.clock = clock;
    this.ends = ends;
  }

  /** Takes up the jobs that had a process when the server ended: adopts those that live, and draws the line under the others. */
  void recover() {
    for (StoredJob job : jobs.in(State.RUNNING, State.STOPPING)) {
      StoredAttempt attempt = jobs.attempts(job.id()).getLast();
      Optional<ProcessHandle> found = attempt.pid() == null ? unknown(job, attempt) : Processes.find(attempt.pid(), attempt.processBegan());
      if (found.isPresent()) {
        LOG.info("job {} goes on in process {}", job.id(), found.get().pid());
        adopt(job, attempt, found.get());
      } else {
        ended(job, attempt, new Progress(folders.of(job.id())));
      }
    }
  }

  /** The process of an attempt whose number the server did not come to know; nothing if there is none, and never will be. */
  private Optional<ProcessHandle> unknown(StoredJob job, StoredAttempt attempt) {
    JobFolder folder = folders.of(job.id());
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

  private void adopt(StoredJob job, StoredAttempt attempt, ProcessHandle handle) {
    StoredAttempt known = with(attempt, handle);
    jobs.update(known);
    Progress progress = new Progress(folders.of(job.id()));
    progress.update();
    watch(job.id(), new Running(known, handle, progress));
    if (job.cancel() != null) {
      stop(job.id(), job.cancel());
    }
  }

  private void watch(long job, Running process) {
    running.put(job, process);
    process.handle().onExit().thenRun(() -> ends.ended(job, process.attempt().number()));
  }

  /** Starts what can be started; the jobs that wait for something else than before. */
  List<Long> dispatch() {
    if (paused) {
      return List.of();
    }
    List<StoredJob> queued = jobs.in(State.QUEUED);
    Plan plan = Plan.of(queued, devices.offers(running.values()));
    Map<Long, StoredJob> byId = new HashMap<>();
    queued.forEach(job -> byId.put(job.id(), job));
    plan.starts().forEach((id, slots) -> start(byId.get(id), slots));
    Map<Long, String> before = waits;
    waits = plan.waits();
    return queued.stream().map(StoredJob::id).filter(id -> !String.valueOf(waits.get(id)).equals(before.get(id))).toList();
  }

  private void start(StoredJob job, List<Slot> slots) {
    int number = jobs.attempts(job.id()).size() + 1;
    Instant now = clock.instant();
    StoredAttempt attempt =
        new StoredAttempt(job.id(), number, slots.stream().map(Slot::toString).toList(), null, null, now, null, null);
    ledger.inTransaction(
        () -> {
          jobs.add(attempt);
          jobs.update(job.running(now));
        });
    JobFolder folder = folders.of(job.id());
    Progress progress = new Progress(folder);
    progress.newAttempt();
    try {
      String device = slots.getFirst().device();
      new Order(number, command(job, folder, device)).write(folder);
      ProcessHandle handle = processes.start(folder, number);
      StoredAttempt known = with(attempt, handle);
      jobs.update(known);
      watch(job.id(), new Running(known, handle, progress));
    } catch (OperationException | RefusedException | UncheckedIOException e) {
      LOG.warn("job {} cannot be started", job.id(), e);
      String failure = e instanceof UncheckedIOException io
          ? "its files cannot be written: " + Reason.of(io.getCause()) + "; " + Reason.remedy(io.getCause())
          : e.getMessage();
      jobs.update(job.running(now).ended(State.FAILED, failure, null, clock.instant()));
    }
  }

  /** Its paths begin in the data root, so that nobody has to know where that lies to read them. */
  private List<String> command(StoredJob job, JobFolder folder, String device) {
    try {
      Path its = job.dataset() == null ? null : data.path().relativize(data.dataset(job.dataset()));
      return JobCommand.of(job, folder.from(data.path()), device, its);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StoredAttempt with(StoredAttempt attempt, ProcessHandle handle) {
    return new StoredAttempt(
        attempt.job(), attempt.number(), attempt.slots(), handle.pid(), Processes.began(handle).orElse(null), attempt.began(), null, null);
  }

  /** A process has ended; whether it was the job's of now. */
  boolean ended(long id, int number) {
    Running process = running.get(id);
    if (process == null || process.attempt().number() != number) {
      return false;
    }
    running.remove(id);
    ended(jobs.get(id).orElseThrow(), process.attempt(), process.progress());
    return true;
  }

  private void ended(StoredJob job, StoredAttempt attempt, Progress progress) {
    JobFolder folder = folders.of(job.id());
    progress.update();
    Optional<Outcome> outcome = Outcome.read(folder, attempt.number());
    boolean resumable = job.kind() == JobKind.TRAIN ? RunReader.hasCheckpoint(folder.run()) : Files.isDirectory(folder.run());
    StoredJob reached = job.at(progress.position().orElse(job.position()), resumable);
    Instant now = clock.instant();
    Verdict verdict = Verdict.of(reached, outcome, progress.isFurther(), now);
    ledger.inTransaction(
        () -> {
          jobs.update(
              new StoredAttempt(
                  attempt.job(), attempt.number(), attempt.slots(), attempt.pid(), attempt.processBegan(), attempt.began(), now,
                  outcome.map(Outcome::exitCode).orElse(null)));
          jobs.update(verdict.job());
          String state = verdict.job().state().word();
          ledger.add(SERVER, "end", job.id(), verdict.crashed() ? "without a word; " + state : state);
          attempt.slots().stream().map(slot -> Slot.of(slot).device()).distinct().forEach(
              device -> devices.ended(device, job.id(), verdict));
        });
    LOG.info("job {} {}: {}", job.id(), verdict.crashed() ? "ended without a word" : "ended", verdict.job().state().word());
  }

  /** Asks the process of a job to stop, or kills it. */
  void stop(long job, CancelMode how) {
    Running process = running.get(job);
    if (process != null && how == CancelMode.NOW) {
      Processes.kill(process.handle());
    } else if (process != null) {
      Processes.stop(process.handle());
    }
  }

  /** Reads what trainings have told; the jobs that have told something. */
  List<Long> progress() {
    return running.entrySet().stream().filter(entry -> entry.getValue().progress().update()).map(Map.Entry::getKey).toList();
  }

  /** The process of a job; nothing if it has none. */
  Optional<Running> running(long job) {
    return Optional.ofNullable(running.get(job));
  }

  /** All that run. */
  Map<Long, Running> running() {
    return running;
  }

  /** What a job that is queued waits for; null if it does not wait. */
  String waits(long job) {
    return waits.get(job);
  }

  /** Starts nothing any more. */
  void pause() {
    paused = true;
  }

  /** Leaves all that runs to the next server. */
  void close() {
    paused = true;
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }
}
