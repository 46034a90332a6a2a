// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.Catalog;
import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobChange;
import io.github.arturo4j.service.api.JobPage;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.process.JobFolder;
import io.github.arturo4j.service.process.Processes;
import io.github.arturo4j.service.store.AuditTrail;
import io.github.arturo4j.service.store.Database;
import io.github.arturo4j.service.store.DeviceStore;
import io.github.arturo4j.service.store.StoredJob;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of a server in its database, and their processes. */
public final class JobQueue implements Jobs, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);
  private static final int LOOK_MILLIS = 500;

  private final JobFolders folders;
  private final Ledger ledger;
  private final DevicePool devices;
  private final JobDraft draft;
  private final Intake intake;
  private final Dispatcher dispatcher;
  private final JobViews views;
  private final JobControl control;
  private final Clock clock;
  private final Watchers watchers = new Watchers();
  private final Catalog catalog = CatalogReader.read();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("queue").factory());

  /**
   * The queue of a database; the processes that a server before has left are its own from here on.
   *
   * @param folder that of the jobs' folders
   * @param data where the data of jobs are
   * @param found the devices of this machine
   * @param processes those of jobs
   */
  public JobQueue(
      Path folder, Path data, List<DeviceInfo> found, Processes processes, Database database, AuditTrail audit, Clock clock) {
    DataRoot root = new DataRoot(data);
    this.folders = new JobFolders(folder);
    this.ledger = Ledger.of(database, audit);
    this.clock = clock;
    this.devices = new DevicePool(found, new DeviceStore(database));
    this.draft = new JobDraft(root, folder, found);
    this.intake = new Intake(ledger, folders);
    Searches searches = new Searches(ledger, intake, folders, clock);
    this.dispatcher = new Dispatcher(ledger, devices, processes, folders, searches, root, clock, this::ended);
    this.views = new JobViews(ledger.jobs(), dispatcher);
    this.control = new JobControl(ledger, folders, draft, searches, dispatcher, views, clock);
    recover();
    looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void recover() {
    dispatcher.recover();
    dispatcher.dispatch();
  }

  @Override
  public Submission submit(JobRequest request, String key, String who) {
    Intake.Keyed keyed = new Intake.Keyed(request, key, who);
    Optional<Submission> earlier = earlier(keyed);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    return take(draft.of(request, who, clock.instant()), keyed); // checks take a moment, in which others are not kept waiting
  }

  private synchronized Optional<Submission> earlier(Intake.Keyed keyed) {
    return intake.earlier(keyed).map(job -> new Submission(get(job), false));
  }

  private synchronized Submission take(StoredJob wanted, Intake.Keyed keyed) {
    Optional<Submission> earlier = earlier(keyed); // the same request may have come twice at a time
    if (earlier.isPresent()) {
      return earlier.get();
    }
    long id = intake.take(wanted, keyed);
    dispatch(List.of(id));
    return new Submission(get(id), true);
  }

  @Override
  public synchronized Job get(long id) {
    return views.get(id);
  }

  @Override
  public synchronized JobPage list(Set<State> states, String label, Long before, int limit) {
    return views.page(states, label, before, limit);
  }

  @Override
  public synchronized List<Job> trials(long id) {
    return views.trials(id);
  }

  @Override
  public synchronized Job change(long id, JobChange change, String who) {
    dispatch(control.change(id, change, who));
    return get(id);
  }

  @Override
  public synchronized Job cancel(long id, CancelMode mode, String who) {
    dispatch(control.cancel(id, mode, who));
    return get(id);
  }

  @Override
  public synchronized List<Job> cancel(String label, CancelMode mode, String who) {
    Set<State> live = Set.of(State.QUEUED, State.RUNNING, State.STOPPING);
    List<StoredJob> found = ledger.jobs().page(live, label, Long.MAX_VALUE, Integer.MAX_VALUE);
    for (StoredJob job : found) {
      if (!views.stored(job.id()).hasEnded()) { // a trial may have ended with its search
        cancel(job.id(), mode, who);
      }
    }
    return found.stream().map(job -> get(job.id())).toList();
  }

  @Override
  public synchronized Job resume(long id, Integer epochs, String who) {
    dispatch(control.resume(id, epochs, who));
    return get(id);
  }

  @Override
  public synchronized void delete(long id, String who) {
    control.delete(id, who).forEach(each -> watchers.tell(new Change.Removed(each)));
  }

  @Override
  public synchronized JobFolder folder(long id) {
    return folders.of(views.stored(id));
  }

  @Override
  public synchronized List<Device> devices() {
    return devices.view(dispatcher.running());
  }

  @Override
  public synchronized Device drain(String id, boolean drained, String who) {
    List<Device> before = devices();
    ledger.inTransaction(
        () -> {
          devices.drain(id, drained);
          ledger.audit().add(who, drained ? "drain" : "undrain", "device " + id, null);
        });
    tellDevices(before);
    dispatch(List.of());
    return devices().stream().filter(device -> device.id().equals(id)).findFirst().orElseThrow();
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public Runnable watch(Consumer<Change> told) {
    return watchers.add(told);
  }

  /** Jobs have changed: starts what can be started now, and tells of all that is other than before. */
  private void dispatch(List<Long> changed) {
    List<Device> before = devices();
    Set<Long> all = new LinkedHashSet<>(dispatcher.dispatch());
    all.addAll(changed);
    all.forEach(this::tell);
    tellDevices(before);
  }

  /** Tells of the devices that are other than before. */
  private void tellDevices(List<Device> before) {
    devices().stream().filter(device -> !before.contains(device)).forEach(device -> watchers.tell(new Change.OfDevice(device)));
  }

  private void tell(long id) {
    watchers.tell(new Change.OfJob(get(id)));
  }

  private synchronized void ended(long job, int attempt) {
    if (dispatcher.isClosed()) {
      return; // the next server's
    }
    try {
      List<Device> before = devices();
      if (dispatcher.ended(job, attempt)) {
        tellDevices(before);
        dispatch(List.of(job));
      }
    } catch (RuntimeException e) {
      LOG.error("job {}: its end could not be kept; the next start of the server will", job, e);
    }
  }

  private synchronized void look() {
    if (dispatcher.isClosed()) {
      return;
    }
    try {
      dispatcher.progress().forEach(this::tell);
    } catch (RuntimeException e) {
      LOG.error("what jobs tell could not be read", e);
    }
  }

  /** Has the processes of all jobs write a checkpoint and stop, to go on with the next server: where they would die with this one. */
  public synchronized void stopJobs() {
    dispatcher.pause();
    dispatcher.running().keySet().forEach(job -> dispatcher.stop(job, CancelMode.CHECKPOINT));
  }

  /** Whether no job has a process. */
  public synchronized boolean isIdle() {
    return dispatcher.running().isEmpty();
  }

  /** Starts nothing any more. Processes go on; the next server has them. */
  @Override
  public void close() {
    synchronized (this) {
      dispatcher.close();
    }
    looks.shutdownNow();
  }
}
