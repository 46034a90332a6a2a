// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.web;

import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.http.ApiServer;
import io.github.arturo4j.service.http.Limits;
import io.github.arturo4j.service.http.ServerSettings;
import io.github.arturo4j.service.process.JavaCommand;
import io.github.arturo4j.service.process.JobProcess;
import io.github.arturo4j.service.process.Processes;
import io.github.arturo4j.service.queue.DeviceInfo;
import io.github.arturo4j.service.queue.JobQueue;
import io.github.arturo4j.service.store.AuditTrail;
import io.github.arturo4j.service.store.Database;
import io.github.arturo4j.service.store.SqlAuditTrail;
import io.github.arturo4j.service.store.SqlTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A server with a queue whose jobs are real processes, a table to train on, and a token of each role. */
final class PageServer implements AutoCloseable {
  private static final int ROWS = 4000;

  private final Path data;
  private final Database database;
  private final AuditTrail audit;
  private final SqlTokens tokens;
  private final JobQueue queue;
  private final Map<Role, String> secrets = new EnumMap<>(Role.class);
  private Limits limits = Limits.STANDARD;
  private ApiServer server;

  /**
   * Starts one.
   *
   * @param home an empty folder
   * @param slots of its one device
   */
  PageServer(Path home, int slots) {
    try {
      data = Files.createDirectories(home.resolve("data"));
      writeTable(data.resolve("table.csv"));
      Files.createDirectories(home.resolve("jobs"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Clock clock = Clock.systemUTC();
    database = Database.open(home.resolve("arturo.db"));
    audit = new SqlAuditTrail(database, clock);
    tokens = new SqlTokens(database, audit, clock);
    Processes processes = new Processes(data, JobProcess.program(new JavaCommand(null)));
    List<DeviceInfo> devices = List.of(new DeviceInfo("jvm", "JVM, 2 threads", slots));
    queue = new JobQueue(home.resolve("jobs"), data, devices, processes, database, audit, clock);
    for (Role role : Role.values()) {
      secrets.put(role, tokens.create("the " + role.word(), role, "test").secret());
    }
    answer(0);
  }

  private static void writeTable(Path file) throws IOException {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("a,b,c,d,kind\n");
    for (int row = 0; row < ROWS; row++) {
      double[] x = random.doubles(4, -1, 1).toArray();
      csv.append("%.4f,%.4f,%.4f,%.4f,%s%n".formatted(x[0], x[1], x[2], x[3], x[0] * x[1] + x[2] > 0 ? "yes" : "no"));
    }
    Files.writeString(file, csv);
  }

  /** An experiment on its table. */
  static String experiment(String name, int epochs) {
    return """
        name: %s
        model: [{linear: 128}, relu, {linear: 128}, relu, {linear: outputs}]
        dataset: {name: table, path: table.csv, target: kind}
        validation: 0.2
        epochs: %d
        batchSize: 32
        seed: 1
        schedule: {name: constant}
        optimizer: {name: arturo}
        """.formatted(name, epochs);
  }

  /** Takes a training of that experiment, which begins at once where a slot is free. */
  long submit(String name, int epochs, String... labels) {
    JobRequest request =
        new JobRequest(JobKind.TRAIN, null, experiment("own", epochs), null, null, name, List.of(labels), null, null, null);
    return queue.submit(request, null, "test").job().id();
  }

  /** The address of a view. */
  String view(String hash) {
    return "http://127.0.0.1:" + server.port() + "/#/" + hash;
  }

  String secret(Role role) {
    return secrets.get(role);
  }

  JobQueue queue() {
    return queue;
  }

  /** Ends what answers, and has it answer again at the same port after something was done; jobs go on. */
  void without(Runnable meanwhile) {
    int port = server.port();
    server.close();
    try {
      meanwhile.run();
    } finally {
      answer(port);
    }
  }

  /** Has it answer anew, with other limits. */
  void limit(Limits others) {
    limits = others;
    without(() -> {});
  }

  /** How many event streams and followed logs are open. */
  int openStreams() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest metrics = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics")).build();
      return client.send(metrics, BodyHandlers.ofLines()).body()
          .filter(line -> line.startsWith("arturo_event_streams "))
          .mapToInt(line -> (int) Double.parseDouble(line.split(" ")[1]))
          .findFirst().orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** The folder below which data lie. */
  Path data() {
    return data;
  }

  private void answer(int port) {
    server = ApiServer.start(new ServerSettings("127.0.0.1", port, data, limits), queue, tokens, audit);
  }

  /** Ends all jobs and waits until no process has its files any more. */
  void endJobs() {
    for (State state : List.of(State.QUEUED, State.RUNNING, State.STOPPING)) {
      queue.list(Set.of(state), null, null, 1000).jobs().forEach(job -> queue.cancel(job.id(), CancelMode.NOW, "test"));
    }
    while (!queue.isIdle()) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void close() {
    endJobs();
    server.close();
    queue.close();
    database.close();
  }
}
