// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.cli.Main;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.service.Trainings;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.client.JobEvent;
import io.github.arturo4j.service.client.JobEvents;
import io.github.arturo4j.service.client.NewJob;
import io.github.arturo4j.service.client.ServiceClient;
import io.github.arturo4j.service.process.Outcome;
import io.github.arturo4j.service.process.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as an image runs it: a process of its own, on a Java that has the image's modules and no others. */
@EnabledOnOs(OS.LINUX)
class ServeProcessTest {
  private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+/");
  private static final Pattern TOKEN = Pattern.compile("Admin token, told this once: (\\S+)");

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private Process server;
  private URI address;
  private String token;

  /** Those that {@code docker/assemble} gives the image's JDK. */
  private static String modules() throws IOException {
    return Files.readAllLines(Path.of("../docker/assemble")).stream()
        .filter(line -> line.matches("modules\\+?=.*"))
        .map(line -> line.replaceFirst("modules\\+?=", ""))
        .collect(Collectors.joining());
  }

  @BeforeEach
  void start() throws IOException {
    start(60);
  }

  private void start(int stopSeconds) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--limit-modules", modules(),
        "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Duser.home=" + folder, "-cp",
        System.getProperty("java.class.path"), Main.class.getName(), "serve", "--home", folder.resolve("home").toString(), "--data-root",
        folder.resolve("data").toString(), "--address", "0.0.0.0", "--port", "0", "--stop-jobs", "--stop-seconds",
        Integer.toString(stopSeconds));
    builder.environment().put("TORNADOVM_HOME", "");
    server = builder.redirectError(folder.resolve("err").toFile()).start();
    BufferedReader out = server.inputReader();
    String line = out.readLine();
    while (line != null && !ADDRESS.matcher(line).matches()) {
      line = out.readLine();
    }
    assertThat(line).as("%s", Files.readString(folder.resolve("err"))).isNotNull();
    address = URI.create(line.replaceFirst("localhost", "127.0.0.1"));
    if (token == null) {
      Matcher told = TOKEN.matcher(out.readLine());
      assertThat(told.matches()).isTrue();
      token = told.group(1);
    }
  }

  /** Ends it, and whatever a test that has failed has left running. */
  @AfterEach
  void end() throws InterruptedException {
    server.descendants().forEach(Processes::kill);
    server.destroyForcibly().waitFor();
  }

  private ServiceClient client() {
    return ServiceClient.connect(address, token);
  }

  private String get(HttpClient plain, String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + token).build();
    var response = plain.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response.body();
  }

  /** Asks it to end, as systemd and Docker do, and waits until it has. */
  private void terminate() throws InterruptedException, IOException {
    server.toHandle().destroy(); // Process.destroy closes what it prints to, too
    assertThat(server.waitFor(PATIENCE)).isTrue();
    assertThat(server.exitValue()).as("%s", Files.readString(folder.resolve("err"))).isZero();
  }

  /** A training without end that has done its first epoch; where it stands is told a moment after the event. */
  private Job training(ServiceClient client) throws InterruptedException {
    Job job = client.submit(NewJob.training().yaml(Trainings.yaml(100_000)).request());
    try (JobEvents events = client.events(job.id())) {
      while (!(events.next() instanceof JobEvent.Told told && told.type().equals("epoch"))) {
        assertThat(client.job(job.id()).failure()).isNull();
      }
    }
    return await(client, job.id(), one -> one.position() != null);
  }

  private static ProcessHandle process(Job job) {
    return ProcessHandle.of(job.attempts().getLast().pid()).orElseThrow();
  }

  /** In a container, its jobs would be killed with it. */
  @Test
  void jobsStopWithItAndGoOnWithTheNextOne() throws Exception {
    Job before;
    try (ServiceClient client = client()) {
      client.upload("table", Trainings.data(folder.resolve("mine")).resolve("table/train.csv"));
      before = training(client);
    }
    ProcessHandle process = process(before);
    terminate();
    assertThat(process.isAlive()).isFalse();
    assertThat(RunReader.hasCheckpoint(folder.resolve("home/jobs/1/run"))).isTrue();

    start();
    try (ServiceClient client = client()) {
      Job after = await(client, before.id(), job -> job.attempts().size() == 2 && job.position() != null);
      assertThat(after.attempts().getFirst().exitCode()).isEqualTo(Outcome.STOPPED);
      int stopped = after.position().epoch();
      assertThat(stopped).isGreaterThanOrEqualTo(before.position().epoch());
      await(client, before.id(), job -> job.position() != null && job.position().epoch() > stopped);
      client.cancel(before.id(), CancelMode.CHECKPOINT);
      client.events(before.id(), _ -> {});
      assertThat(client.job(before.id()).state()).isEqualTo(State.CANCELLED);
    }
    assertThat(folder.resolve("home/jobs/1/log.txt")).content().contains("Training small").containsOnlyOnce("Going on in epoch ");
  }

  private static Job await(ServiceClient client, long id, Predicate<Job> so) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    Job job = client.job(id);
    while (!so.test(job) && Instant.now().isBefore(end)) {
      Thread.sleep(50);
      job = client.job(id);
    }
    assertThat(job).matches(so);
    return job;
  }

  @Test
  void aJobThatDoesNotStopIsLeftBehind() throws Exception {
    end();
    start(1);
    ProcessHandle process;
    try (ServiceClient client = client()) {
      client.upload("table", Trainings.data(folder.resolve("mine")).resolve("table/train.csv"));
      process = process(training(client));
    }
    try {
      assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor()).isZero();
      terminate();
      assertThat(process.isAlive()).isTrue();
      assertThat(folder.resolve("err")).content()
          .contains("arturo: not all jobs have stopped within --stop-seconds 1; they go on from their last checkpoints");
    } finally {
      Processes.kill(process);
    }
  }

  /** A library that wants a module which the image lacks fails where it is first used: so all are used. */
  @Test
  void theImagesModulesAreEnough() throws Exception {
    Path table = Trainings.data(folder.resolve("mine")).resolve("table/train.csv");
    try (ServiceClient client = client(); HttpClient plain = HttpClient.newHttpClient()) {
      client.upload("table", table);
      Job training = client.submit(NewJob.training().yaml(Trainings.yaml(2)).request());
      Job comparison = client.submit(
          NewJob.comparison().yaml(Trainings.yaml(1)).option("optimizers", "arturo,adam").option("seeds", "1").request());
      for (Job job : List.of(training, comparison)) {
        client.events(job.id(), _ -> {});
        assertThat(client.job(job.id()).state()).as("%s", client.job(job.id()).failure()).isEqualTo(State.SUCCEEDED);
        assertThat(client.log(job.id(), 0).readAllBytes()).isNotEmpty();
      }
      assertThat(client.metrics(training.id(), 10).epochs()).hasSize(2);
      client.download(training.id(), "model.safetensors", folder.resolve("model.safetensors"));
      assertThat(get(plain, "/api/v1/jobs/" + comparison.id() + "/artifacts/report.html")).contains("adam");
      assertThat(get(plain, "/metrics")).contains("arturo_");
      assertThat(get(plain, "/")).contains("<html");
      assertThat(get(plain, "/docs")).contains("swagger");
      assertThat(get(plain, "/openapi.yaml")).contains("openapi:");
      assertThat(client.administration().audit(null, 10).entries()).isNotEmpty();
    }
    assertThat(folder.resolve("err")).content().doesNotContain("NoClassDefFoundError", "ClassNotFoundException", "\tat ");
  }
}
