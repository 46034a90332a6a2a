// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.server;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.run.FolderLock;
import io.github.arturo4j.service.http.ApiServer;
import io.github.arturo4j.service.http.ServerSettings;
import io.github.arturo4j.service.process.FoundDevices;
import io.github.arturo4j.service.process.JobProcess;
import io.github.arturo4j.service.process.Processes;
import io.github.arturo4j.service.queue.DeviceInfo;
import io.github.arturo4j.service.queue.JobQueue;
import io.github.arturo4j.service.store.AuditTrail;
import io.github.arturo4j.service.store.Database;
import io.github.arturo4j.service.store.SqlAuditTrail;
import io.github.arturo4j.service.store.SqlTokens;
import io.github.arturo4j.service.store.Tokens;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that takes jobs, from its start to its end. Its folder is its own as long as it runs; the next server finds all jobs there,
 * and the processes of those that have gone on meanwhile.
 */
public final class Service implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  /** Who has a server's folder where it cannot be had. */
  static final String HOLDER = "a server is running with the folder";

  /** The file of its folder that its jobs and tokens are in. */
  static final String DATABASE = "service.db";

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final JobQueue queue;
  private final ApiServer http;
  private final List<DeviceInfo> devices;
  private final String secret;

  private Service(ServiceOptions options, List<DeviceInfo> found) throws IOException {
    makeFolder(options.home());
    Path jobs = Files.createDirectories(options.home().resolve("jobs"));
    Path data = Files.createDirectories(options.dataRoot());
    try {
      parts.push(FolderLock.take(options.home(), HOLDER));
      Database database = part(Database.open(options.home().resolve(DATABASE)));
      AuditTrail audit = new SqlAuditTrail(database, Clock.systemUTC());
      Tokens tokens = new SqlTokens(database, audit, Clock.systemUTC());
      devices = found;
      secret = AdminToken.first(tokens).orElse(null);
      Processes processes = new Processes(data, JobProcess.program(options.java()));
      queue = part(new JobQueue(jobs, data, devices, processes, database, audit, Clock.systemUTC()));
      ServerSettings settings = new ServerSettings(options.address(), options.port(), data, options.limits());
      http = part(ApiServer.start(settings, queue, tokens, audit));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Starts one, which answers when this returns.
   *
   * @throws OperationException if its folder is another server's or cannot be used, or the address cannot be had; one line
   */
  public static Service start(ServiceOptions options) {
    return start(options, devices(options));
  }

  /** The same with these devices. */
  public static Service start(ServiceOptions options, List<DeviceInfo> devices) {
    try {
      return new Service(options, devices);
    } catch (IOException e) {
      throw new OperationException(
          "cannot use the folder '" + options.home() + "': " + Reason.of(e) + "; " + Reason.remedy(e) + ", or name another one"
              + " with --home", e);
    }
  }

  private static List<DeviceInfo> devices(ServiceOptions options) {
    return FoundDevices.ask(options.java()).stream()
        .map(found -> new DeviceInfo(found.id(), found.name(), found.jvm() ? options.jvmSlots() : 1))
        .toList();
  }

  private static void makeFolder(Path home) throws IOException {
    if (!Files.isDirectory(home)) {
      Files.createDirectories(home);
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------")); // logs and weights are not for everybody
      }
    }
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.push(part);
    return part;
  }

  /** The port that it listens at. */
  public int port() {
    return http.port();
  }

  /** The devices that it gives to jobs. */
  public List<DeviceInfo> devices() {
    return devices;
  }

  /** The secret of the admin's token, where this start has made it; it is kept nowhere. */
  public Optional<String> newSecret() {
    return Optional.ofNullable(secret);
  }

  /**
   * Has all jobs write a checkpoint and stop, to go on with the next server: where their processes would end with this one.
   *
   * @param patience how long that may take
   * @return whether all have stopped
   */
  public boolean stopJobs(Duration patience) throws InterruptedException {
    queue.stopJobs();
    Instant end = Instant.now().plus(patience);
    while (!queue.isIdle() && Instant.now().isBefore(end)) {
      Thread.sleep(100);
    }
    return queue.isIdle();
  }

  /** Ends it. The processes of jobs go on. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("a part of the server did not end as it should", e);
      }
    }
  }
}
