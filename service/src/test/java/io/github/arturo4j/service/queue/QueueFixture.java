// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.Trainings;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.process.JavaCommand;
import io.github.arturo4j.service.process.JobProcess;
import io.github.arturo4j.service.process.Processes;
import io.github.arturo4j.service.store.AuditTrail;
import io.github.arturo4j.service.store.Database;
import io.github.arturo4j.service.store.SqlAuditTrail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A queue with real processes, in a folder of a test's. */
final class QueueFixture implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  final Path home;
  final Path data;
  private final List<DeviceInfo> devices;
  private final Processes.Program program;
  Database database;
  AuditTrail audit;
  JobQueue queue;

  QueueFixture(Path folder, int slots) throws IOException {
    this(folder, folder.resolve("data"), slots);
  }

  /** One whose data root is elsewhere; a table is put there. */
  QueueFixture(Path folder, Path data, int slots) throws IOException {
    this(folder, data, List.of(new DeviceInfo("jvm", "JVM", slots)), JobProcess.program(new JavaCommand(null)));
  }

  /** One with these devices, whose processes run another program than trainings do. */
  QueueFixture(Path folder, Path data, List<DeviceInfo> devices, Processes.Program program) throws IOException {
    this.home = folder.resolve("home");
    this.data = Trainings.data(data);
    this.devices = devices;
    this.program = program;
    Files.createDirectories(home.resolve("jobs"));
    open();
  }

  /** Another server, after {@link #die}. */
  void open() {
    database = Database.open(home.resolve("service.db"));
    audit = new SqlAuditTrail(database, Clock.systemUTC());
    queue =
        new JobQueue(
            home.resolve("jobs"), data, devices, new Processes(data, program), database, audit, Clock.systemUTC());
  }

  /** The server ends; its processes do not. */
  void die() {
    queue.close();
    database.close();
  }

  static JobRequest own(String yaml, Map<String, Object> options) {
    return new JobRequest(null, null, yaml, options, null, null, null, null, null, null);
  }

  Job submit(String yaml) {
    return queue.submit(own(yaml, null), null, "me").job();
  }

  /** Waits until a job is so. */
  Job await(long id, Predicate<Job> so) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    Job job = queue.get(id);
    while (!so.test(job) && Instant.now().isBefore(end)) {
      Thread.sleep(20);
      job = queue.get(id);
    }
    assertThat(job).matches(so);
    return job;
  }

  Job awaitState(long id, State state) throws InterruptedException {
    return await(id, job -> job.state() == state || state != State.FAILED && job.state() == State.FAILED);
  }

  /** Waits until a job's training has done an epoch. */
  Job awaitEpoch(long id, int epoch) throws InterruptedException {
    return await(id, job -> job.position() != null && job.position().epoch() >= epoch || job.failure() != null);
  }

  byte[] weights(long id) throws IOException {
    return Files.readAllBytes(queue.folder(id).run().resolve("model.safetensors"));
  }

  @Override
  public void close() {
    List<Job> all = new ArrayList<>(queue.list(Set.of(), null, null, 1000).jobs());
    List.copyOf(all).forEach(job -> all.addAll(queue.trials(job.id())));
    all.stream()
        .flatMap(job -> job.attempts().stream())
        .filter(attempt -> attempt.pid() != null && attempt.ended() == null)
        .forEach(attempt -> ProcessHandle.of(attempt.pid()).ifPresent(Processes::kill));
    die();
  }
}
