// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.Trainings;
import io.github.arturo4j.service.api.Attempt;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.client.JobQuery;
import io.github.arturo4j.service.client.ServiceClient;
import io.github.arturo4j.service.http.Limits;
import io.github.arturo4j.service.process.JavaCommand;
import io.github.arturo4j.service.process.JobFolder;
import io.github.arturo4j.service.process.Processes;
import io.github.arturo4j.service.queue.DeviceInfo;
import io.github.arturo4j.service.server.Service;
import io.github.arturo4j.service.server.ServiceOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The whole server in this process, with real jobs in processes of their own. */
final class RealServer implements AutoCloseable {
  private final Path home;
  private final Path data;
  private int port;
  private String admin;
  private Service service;

  RealServer(Path folder) throws IOException {
    home = folder.resolve("home");
    data = Trainings.data(folder.resolve("data"));
    start();
    admin = service.newSecret().orElseThrow();
  }

  /** Starts it, from the second time on at the same address. */
  void start() {
    ServiceOptions options = new ServiceOptions(home, data, "127.0.0.1", port, 1, new JavaCommand(null), Limits.STANDARD);
    service = Service.start(options, List.of(new DeviceInfo("jvm", "JVM", 1)));
    port = service.port();
  }

  /** Stops it, which its jobs are not. */
  void stop() {
    service.close();
  }

  /** Is stopped and started anew. */
  void restart() {
    stop();
    start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + service.port());
  }

  /** The secret of its administrator. */
  String admin() {
    return admin;
  }

  /** Its administrator has another secret from here on. */
  void admin(String secret) {
    admin = secret;
  }

  /** The secret of a new token, which is called as its role. */
  String secret(Role role) {
    try (ServiceClient client = ServiceClient.connect(address(), admin)) {
      return client.administration().createToken(role.word(), role).secret();
    }
  }

  JobFolder folder(long id) {
    return new JobFolder(home.resolve("jobs").resolve(Long.toString(id)));
  }

  /** Ends it, and whatever a test that has failed has left running. */
  @Override
  public void close() {
    try (ServiceClient client = ServiceClient.connect(address(), admin)) {
      client.allJobs(JobQuery.all())
          .flatMap(job -> job.attempts().stream())
          .filter(attempt -> attempt.pid() != null && attempt.ended() == null)
          .map(Attempt::pid)
          .forEach(pid -> ProcessHandle.of(pid).ifPresent(Processes::kill));
    } finally {
      service.close();
    }
  }
}
