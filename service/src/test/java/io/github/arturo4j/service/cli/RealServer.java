// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.Trainings;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.http.ApiServer;
import io.github.arturo4j.service.http.Limits;
import io.github.arturo4j.service.http.ServerSettings;
import io.github.arturo4j.service.process.JobFolder;
import io.github.arturo4j.service.process.Processes;
import io.github.arturo4j.service.queue.DeviceInfo;
import io.github.arturo4j.service.queue.JobQueue;
import io.github.arturo4j.service.store.AuditTrail;
import io.github.arturo4j.service.store.Database;
import io.github.arturo4j.service.store.SqlAuditTrail;
import io.github.arturo4j.service.store.SqlTokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The whole server in this process, with real jobs in processes of their own. */
final class RealServer implements AutoCloseable {
  private final Path home;
  private final Path data;
  private int port;
  private Database database;
  private SqlTokens tokens;
  private JobQueue queue;
  private ApiServer server;

  RealServer(Path folder) throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    data = Trainings.data(folder.resolve("data"));
    open();
  }

  private void open() {
    Clock clock = Clock.systemUTC();
    database = Database.open(home.resolve("service.db"));
    AuditTrail audit = new SqlAuditTrail(database, clock);
    tokens = new SqlTokens(database, audit, clock);
    queue = new JobQueue(home.resolve("jobs"), data, List.of(new DeviceInfo("jvm", "JVM", 1)), database, audit, clock);
    server = ApiServer.start(new ServerSettings("127.0.0.1", port, data, Limits.STANDARD), queue, tokens, audit);
    port = server.port();
  }

  /** Ends as a server does that is stopped: its jobs go on. */
  void stop() {
    server.close();
    queue.close();
    database.close();
  }

  /** Is stopped, and started anew at the same address. */
  void restart() {
    stop();
    open();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The secret of a new token. */
  String secret(Role role) {
    return tokens.create(role.word(), role, "test").secret();
  }

  JobFolder folder(long id) {
    return queue.folder(id);
  }

  @Override
  public void close() {
    queue.devices().stream()
        .flatMap(device -> device.jobs().stream())
        .flatMap(id -> queue.get(id).attempts().stream())
        .filter(attempt -> attempt.pid() != null && attempt.ended() == null)
        .forEach(attempt -> ProcessHandle.of(attempt.pid()).ifPresent(Processes::kill));
    stop();
  }
}
