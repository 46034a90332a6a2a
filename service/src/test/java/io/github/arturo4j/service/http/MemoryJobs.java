// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.Attempt;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.Catalog;
import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.DeviceState;
import io.github.arturo4j.service.api.ExperimentInfo;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobChange;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.JobPage;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.OptionInfo;
import io.github.arturo4j.service.api.OptionType;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.SearchInfo;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.api.TrialInfo;
import io.github.arturo4j.service.process.JobFolder;
import io.github.arturo4j.service.queue.Change;
import io.github.arturo4j.service.queue.Jobs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Jobs in memory, which run when a test says so. */
final class MemoryJobs implements Jobs {
  private final Path root;
  private final TreeMap<Long, Job> jobs = new TreeMap<>();
  private final Map<String, JobRequest> requests = new HashMap<>();
  private final Map<String, Long> ids = new HashMap<>();
  private final List<Consumer<Change>> watchers = new CopyOnWriteArrayList<>();
  private Device device = new Device("jvm", "JVM", 1, 0, DeviceState.AVAILABLE, null, List.of());

  /** How many calls have changed something. */
  int changes;

  /** Whether a job is running when others first hear of it. */
  boolean atOnce;

  /** What the next call throws; null for nothing. */
  RuntimeException fault;

  MemoryJobs(Path root) {
    this.root = root;
  }

  @Override
  public synchronized Submission submit(JobRequest request, String key, String who) {
    mayFail();
    if (key != null && requests.containsKey(key)) {
      if (!requests.get(key).equals(request)) {
        throw new RefusedException(RefusedException.Kind.INVALID, "Idempotency-Key", "the key was used; use another one");
      }
      return new Submission(jobs.get(ids.get(key)), false);
    }
    if (!"fmnist_cnn".equals(request.experiment())) {
      throw new RefusedException(RefusedException.Kind.INVALID, "experiment", "there is no such experiment; known is fmnist_cnn");
    }
    long id = jobs.isEmpty() ? 1 : jobs.lastKey() + 1;
    if (key != null) {
      requests.put(key, request);
      ids.put(key, id);
    }
    JobKind kind = request.kind() == null ? JobKind.TRAIN : request.kind();
    Job job = new Job(
        id, kind, Objects.requireNonNullElse(request.name(), request.experiment()), request.experiment(),
        Objects.requireNonNullElse(request.options(), Map.of()), request.dataset(),
        Objects.requireNonNullElse(request.labels(), List.of()), Objects.requireNonNullElse(request.priority(), 50),
        Objects.requireNonNullElse(request.devices(), 1), request.device(), atOnce ? State.RUNNING : State.QUEUED, false, "the device",
        null, null, Instant.now(), who, null, null, null, null,
        atOnce ? List.of(new Attempt(1, List.of("jvm"), 77L, Instant.now(), null, null)) : List.of(), null, null);
    return new Submission(put(job), true);
  }

  private void mayFail() {
    if (fault != null) {
      throw fault;
    }
  }

  private synchronized Job put(Job job) {
    changes++;
    jobs.put(job.id(), job);
    watchers.forEach(each -> each.accept(new Change.OfJob(job)));
    return job;
  }

  /** Brings a job to a state. */
  synchronized Job state(long id, State state) {
    Job job = get(id);
    boolean ended = state.compareTo(State.STOPPING) > 0;
    List<Attempt> attempts = new ArrayList<>(job.attempts());
    if (state == State.RUNNING) {
      attempts.add(new Attempt(attempts.size() + 1, List.of("jvm"), 77L, Instant.now(), null, null));
    }
    return put(new Job(
        id, job.kind(), job.name(), job.experiment(), job.options(), job.dataset(), job.labels(), job.priority(), job.devices(),
        job.device(), state, ended, null, null, state == State.CANCELLED ? "somebody" : null, job.submitted(), job.submittedBy(),
        job.began(), ended ? Instant.now() : null, job.position(), job.secondsLeft(), attempts, null, null));
  }

  /** Has a job be a search of three trials, of which one has begun and has a score. */
  synchronized void search(long id) {
    Job job = get(id);
    String values = "optimizer.learningRate 0.01";
    long trial = jobs.lastKey() + 1;
    put(new Job(
        id, JobKind.TUNE, job.name(), job.experiment(), job.options(), job.dataset(), job.labels(), job.priority(), job.devices(),
        job.device(), job.state(), false, job.waitingFor(), null, null, job.submitted(), job.submittedBy(), null, null, null, null,
        List.of(), null, new SearchInfo(3, 1, 1, 0, "accuracy", new SearchInfo.Best(1, trial, values, 0.5))));
    put(new Job(
        trial, JobKind.TRAIN, job.name() + ", trial 1", job.experiment(), Map.of(), job.dataset(), List.of("tune-" + id), job.priority(),
        job.devices(), job.device(), State.QUEUED, false, job.waitingFor(), null, null, job.submitted(), job.submittedBy(), null, null,
        null, null, List.of(), new TrialInfo(id, 1, 3, values, 0.5), null));
  }

  @Override
  public synchronized Job get(long id) {
    mayFail();
    if (!jobs.containsKey(id)) {
      throw new RefusedException(RefusedException.Kind.NOT_FOUND, null, "there is no job " + id + "; see the list of jobs");
    }
    return jobs.get(id);
  }

  @Override
  public synchronized JobPage list(Set<State> states, String label, Long before, int limit) {
    mayFail();
    List<Job> found = jobs.descendingMap().values().stream()
        .filter(job -> states.isEmpty() || states.contains(job.state()))
        .filter(job -> label == null || job.labels().contains(label))
        .filter(job -> before == null || job.id() < before)
        .limit(limit + 1L).toList();
    return found.size() > limit ? new JobPage(found.subList(0, limit), found.get(limit - 1).id()) : new JobPage(found, null);
  }

  @Override
  public synchronized List<Job> trials(long id) {
    get(id);
    return jobs.values().stream().filter(job -> job.trial() != null && job.trial().of() == id).toList();
  }

  @Override
  public synchronized Job change(long id, JobChange change, String who) {
    Job job = get(id);
    return put(new Job(
        id, job.kind(), Objects.requireNonNullElse(change.name(), job.name()), job.experiment(), job.options(), job.dataset(),
        Objects.requireNonNullElse(change.labels(), job.labels()), Objects.requireNonNullElse(change.priority(), job.priority()),
        job.devices(), job.device(), job.state(), job.resumable(), job.waitingFor(), job.failure(), job.cancelledBy(), job.submitted(),
        job.submittedBy(), job.began(), job.ended(), job.position(), job.secondsLeft(), job.attempts(), null, null));
  }

  private static boolean hasEnded(Job job) {
    return job.state().compareTo(State.STOPPING) > 0;
  }

  @Override
  public synchronized Job cancel(long id, CancelMode mode, String who) {
    if (hasEnded(get(id))) {
      throw new RefusedException(RefusedException.Kind.CONFLICT, null, "job " + id + " has ended; there is nothing to cancel");
    }
    return state(id, mode == CancelMode.NOW ? State.CANCELLED : State.STOPPING);
  }

  @Override
  public synchronized List<Job> cancel(String label, CancelMode mode, String who) {
    return list(Set.of(State.QUEUED, State.RUNNING), label, null, 1000).jobs().stream().map(job -> cancel(job.id(), mode, who)).toList();
  }

  @Override
  public synchronized Job resume(long id, Integer epochs, String who) {
    if (!hasEnded(get(id))) {
      throw new RefusedException(RefusedException.Kind.CONFLICT, null, "job " + id + " has not ended; cancel it first");
    }
    return state(id, State.QUEUED);
  }

  @Override
  public synchronized void delete(long id, String who) {
    if (!hasEnded(get(id))) {
      throw new RefusedException(RefusedException.Kind.CONFLICT, null, "job " + id + " has not ended; cancel it first");
    }
    changes++;
    jobs.remove(id);
    watchers.forEach(each -> each.accept(new Change.Removed(id)));
  }

  @Override
  public JobFolder folder(long id) {
    return new JobFolder(root.resolve("jobs").resolve(Long.toString(get(id).id())));
  }

  @Override
  public synchronized List<Device> devices() {
    return List.of(device);
  }

  @Override
  public synchronized Device drain(String id, boolean drained, String who) {
    if (!id.equals("jvm")) {
      throw new RefusedException(RefusedException.Kind.NOT_FOUND, null, "there is no device " + id + "; there is jvm");
    }
    changes++;
    device = new Device("jvm", "JVM", 1, 0, drained ? DeviceState.DRAINED : DeviceState.AVAILABLE, null, List.of());
    watchers.forEach(each -> each.accept(new Change.OfDevice(device)));
    return device;
  }

  @Override
  public Catalog catalog() {
    return new Catalog(
        List.of(new ExperimentInfo("fmnist_cnn", "cnn", "fashion-mnist", "arturo", 3, 128, 1)), List.of("arturo", "adam"),
        List.of(new OptionInfo("epochs", OptionType.INTEGER, null, false, false, "passes over the data", List.of(JobKind.TRAIN))));
  }

  @Override
  public Runnable watch(Consumer<Change> told) {
    watchers.add(told);
    return () -> watchers.remove(told);
  }
}
