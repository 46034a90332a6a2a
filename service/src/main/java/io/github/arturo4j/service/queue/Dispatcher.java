// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.State;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives devices to jobs, starts their processes, and sees to what follows when these end. Its caller has the queue's lock. */
final class Dispatcher {
  /** What a search waits for while another one has its process. */
  private static final String SEARCHES = "its turn; the data of another search are read";

  /** Who it is in the audit trail. */
  static final String SERVER = "server";

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Ledger ledger;
  private final JobStore jobs;
  private final DevicePool devices;
  private final Processes processes;
  private final JobFolders folders;
  private final Searches searches;
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
      Ledger ledger, DevicePool devices, Processes processes, JobFolders folders, Searches searches, DataRoot data, Clock clock,
      Ends ends) {
    this.ledger = ledger;
    this.jobs = ledger.jobs();
    this.devices = devices;
    this.processes = processes;
    this.folders = folders;
    this.searches = searches;
    this.data = data;
    this.clock = clock;
    this.ends = ends;
  }

  /** Takes up the jobs that had a process when the server ended: adopts those that live, and draws the line under the others. */
  void recover() {
    List<StoredJob> searching = new ArrayList<>();
    for (StoredJob job : jobs.in(State.RUNNING, State.STOPPING)) {
      StoredAttempt attempt = jobs.attempts(job.id()).getLast();
      if (attempt.ended() != null) { // it has no process, but trials
        searching.add(job);
        continue;
      }
      Optional<ProcessHandle> found = Adoption.find(attempt, folders.of(job));
      if (found.isPresent()) {
        LOG.info("job {} goes on in process {}", job.id(), found.get().pid());
        adopt(job, attempt, found.get());
      } else {
        ended(job, attempt, new Progress(folders.of(job)));
      }
    }
    searches.recover(searching);
  }

  private void adopt(StoredJob job, StoredAttempt attempt, ProcessHandle handle) {
    StoredAttempt known = with(attempt, handle);
    jobs.update(known);
    Progress progress = new Progress(folders.of(job));
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

  /** Starts what can be started; the jobs that have changed by it, or wait for something else than before. */
  Set<Long> dispatch() {
    Set<Long> changed = new LinkedHashSet<>();
    if (paused) {
      return changed;
    }
    Map<Long, String> before = waits;
    boolean again = true;
    while (again) {
      searches.settle();
      Map<Long, StoredJob> waiting = new LinkedHashMap<>();
      jobs.in(State.QUEUED).forEach(job -> waiting.put(job.id(), job));
      startSearch(waiting).ifPresent(changed::add);
      List<StoredJob> candidates = new ArrayList<>(waiting.values().stream().filter(job -> job.kind() != JobKind.TUNE).toList());
      candidates.addAll(searches.wanting());
      Plan plan = Plan.of(candidates, devices.offers(running.values()), CrashSites.of(candidates, jobs));
      waits = new HashMap<>(plan.waits());
      waiting.values().stream().filter(job -> job.kind() == JobKind.TUNE).forEach(job -> waits.put(job.id(), SEARCHES));
      waiting.keySet().stream().filter(id -> waits.containsKey(id) && !waits.get(id).equals(before.get(id))).forEach(changed::add);
      again = start(plan, candidates, changed);
    }
    changed.addAll(searches.takeChanged());
    return changed;
  }

  /** Starts a process of the first search that waits for one, which needs no device, unless one runs; it waits no more. */
  private Optional<Long> startSearch(Map<Long, StoredJob> waiting) {
    if (running.values().stream().anyMatch(process -> process.slots().isEmpty())) {
      return Optional.empty();
    }
    Optional<StoredJob> first = waiting.values().stream().filter(job -> job.kind() == JobKind.TUNE).min(Plan.ORDER);
    first.ifPresent(
        job -> {
          start(job, List.of());
          waiting.remove(job.id());
        });
    return first.map(StoredJob::id);
  }

  /** Starts what a plan says; whether there may be more, as a search was given a device. */
  private boolean start(Plan plan, List<StoredJob> candidates, Set<Long> changed) {
    boolean again = false;
    for (Map.Entry<Long, List<Slot>> entry : plan.starts().entrySet()) {
      StoredJob job = candidates.stream().filter(each -> each.id() == entry.getKey()).findFirst().orElseThrow();
      if (job.kind() == JobKind.TUNE) {
        searches.next(job).ifPresent(trial -> start(trial, entry.getValue()));
        again = true;
      } else {
        start(job, entry.getValue());
        changed.add(job.id());
      }
    }
    return again;
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
    JobFolder folder = folders.of(job);
    Progress progress = new Progress(folder);
    progress.newAttempt();
    try {
      String device = slots.isEmpty() ? null : slots.stream().map(Slot::device).collect(Collectors.joining(","));
      new Order(number, command(job, folder, device)).write(folder);
      ProcessHandle handle = processes.start(folder, number, Math.max(1, slots.size()));
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
    JobFolder folder = folders.of(job);
    progress.update();
    Optional<Outcome> outcome = Outcome.read(folder, attempt.number());
    boolean goesOn = false;
    try {
      goesOn = job.kind() == JobKind.TUNE && outcome.filter(each -> each.exitCode() == Outcome.DONE).isPresent() && searches.goesOn(job);
    } catch (IllegalArgumentException | OperationException e) { // its folder is damaged
      outcome = Optional.of(new Outcome(attempt.number(), 1, e.getMessage()));
    }
    Integer exitCode = outcome.map(Outcome::exitCode).orElse(null);
    boolean resumable = job.kind() == JobKind.TRAIN ? RunReader.hasCheckpoint(folder.run()) : Files.isDirectory(folder.run());
    StoredJob reached = job.at(progress.position().orElse(job.position()), resumable);
    Instant now = clock.instant();
    Verdict verdict = goesOn ? Verdict.ofSearch(reached, now) : Verdict.of(reached, outcome, progress.isFurther(), now);
    if (goesOn && verdict.job().state() != State.RUNNING) {
      searches.close(job.id());
    }
    ledger.inTransaction(
        () -> {
          jobs.update(
              new StoredAttempt(
                  attempt.job(), attempt.number(), attempt.slots(), attempt.pid(), attempt.processBegan(), attempt.began(), now,
                  exitCode));
          jobs.update(verdict.job());
          if (verdict.job().state() != State.RUNNING) {
            String state = verdict.job().state().word();
            ledger.add(SERVER, "end", job.id(), verdict.crashed() ? "without a word; " + state : state);
          }
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
    searches.close();
  }

  boolean isClosed() {
    return closed;
  }
}
