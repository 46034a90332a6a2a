// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.service.Trainings;
import io.github.arturo4j.service.api.Artifact;
import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobChange;
import io.github.arturo4j.service.api.Metrics;
import io.github.arturo4j.service.api.OptionInfo;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.client.ClientSettings;
import io.github.arturo4j.service.client.JobEvent;
import io.github.arturo4j.service.client.JobEvents;
import io.github.arturo4j.service.client.JobQuery;
import io.github.arturo4j.service.client.NewJob;
import io.github.arturo4j.service.client.ServiceClient;
import io.github.arturo4j.service.client.ServiceException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The client and its commands with the real server and jobs that train. */
@EnabledOnOs(OS.LINUX)
class RealServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static RealServer server;
  private static Path admin;
  private static Path reader;
  private static Path experiment;

  @BeforeAll
  static void start() throws IOException {
    server = new RealServer(folder);
    admin = Files.writeString(folder.resolve("admin"), server.admin());
    reader = Files.writeString(folder.resolve("reader"), server.secret(Role.READER));
    experiment = Files.writeString(folder.resolve("small.yaml"), Trainings.yaml(2));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ClientCli cli(Path token) {
    return new ClientCli(server.address(), token);
  }

  private static ServiceClient client() throws IOException {
    return ServiceClient.connect(
        ClientSettings.of(server.address(), Files.readString(admin)).withPatience(Duration.ofSeconds(20), Duration.ofMinutes(1)));
  }

  private static Job await(ServiceClient client, long id) {
    client.events(id, _ -> {});
    return client.job(id);
  }

  private static void awaitEpoch(ServiceClient client, long id, int epoch) {
    try (JobEvents events = client.events(id)) {
      while (events.hasNext()) {
        if (events.next() instanceof JobEvent.Told told && Integer.valueOf(epoch).equals(told.values().get("epoch"))) {
          return;
        }
      }
    }
    throw new AssertionError("job " + id + " has ended before epoch " + epoch);
  }

  @Test
  void aJobIsSubmittedFollowedFetchedAndEvaluated() throws IOException {
    ClientCli cli = cli(admin);
    assertThat(cli.out("upload", "other", folder.resolve("data/table/train.csv"))).startsWith("other/train.csv: ");
    assertThat(cli.out("datasets")).contains("other", "table");
    ClientCli.Outcome outcome =
        cli.run("submit", experiment, "--epochs", 3, "--name", "first", "--label", "x,y", "--idempotency-key", "k", "--follow");
    assertThat(outcome.err()).contains(" is done, took ");
    assertThat(outcome.code()).isZero();
    String id = outcome.out().lines().findFirst().orElseThrow();
    assertThat(outcome.out()).contains("epochs: 3", "Done: ");
    assertThat(cli.out("submit", experiment, "--epochs", 3, "--name", "first", "--label", "x,y", "--idempotency-key", "k"))
        .isEqualTo(id + "\n");
    assertThat(cli.out("jobs", "--label", "y", "--state", "succeeded").lines())
        .hasSize(2).last().asString().contains("first", "epoch 3/3");
    assertThat(cli.out("logs", id)).isEqualTo(outcome.out().substring(id.length() + 1));
    Path run = folder.resolve("fetched");
    assertThat(cli.out("fetch", id, "--out", run)).contains("model.safetensors", "config.yaml");
    assertThat(server.folder(Long.parseLong(id)).run().resolve("model.safetensors"))
        .hasSameBinaryContentAs(run.resolve("model.safetensors"));
    assertThat(cli.out("fetch", id, "--out", run)).contains("model.safetensors"); // again, and nothing is broken by it
    ClientCli.Outcome evaluated =
        ClientCli.execute("evaluate", run.toString(), "--data", folder.resolve("data/table/train.csv").toString());
    assertThat(evaluated.err()).isEmpty();
    assertThat(evaluated.out()).contains("accuracy");
    ClientCli.Outcome more = cli.run("resume", id, "--epochs", 4, "--follow");
    assertThat(more.code()).isZero();
    assertThat(more.out()).startsWith(id + "\n").contains("Going on in epoch 4", "  4/4  ", "Done: ").doesNotContain("  3/");
    tellsTheRest(Long.parseLong(id));
  }

  /** Of a job of four epochs that has succeeded. */
  private static void tellsTheRest(long id) throws IOException {
    try (ServiceClient client = client()) {
      Metrics curves = client.metrics(id, 50);
      assertThat(curves.epochs()).hasSize(4);
      assertThat(curves.metrics()).contains("accuracy");
      assertThat(client.events(id, curves.after()).next()).isEqualTo(new JobEvent.Changed(client.job(id)));
      assertThat(client.artifacts(id)).extracting(Artifact::name).contains("metrics.csv");
      assertThat(client.change(id, new JobChange("renamed", List.of("z"), null)).labels()).containsExactly("z");
      assertThat(client.jobs(JobQuery.all().labelled("z")).jobs()).singleElement().extracting(Job::name).isEqualTo("renamed");
      assertThat(client.catalog().options()).extracting(OptionInfo::name).contains("epochs", "kl-bound", "seeds");
      assertThat(client.devices()).singleElement().extracting(Device::id).isEqualTo("jvm");
    }
  }

  @Test
  void failuresAreTheJobs() throws IOException {
    ClientCli cli = cli(admin);
    Path wrong = Files.writeString(folder.resolve("wrong.yaml"), Trainings.yaml(2).replace("target: target", "target: nosuch"));
    ClientCli.Outcome failed = cli.run("submit", wrong, "--wait");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("has failed: ", "nosuch");
    cli.refused(2, "--epochs is 0", "submit", "fmnist_cnn", "--epochs", 0);
    cli.refused(2, "EXPERIMENT is 'nosuch'; there are fmnist_cnn", "submit", "nosuch");
    Path twice = Files.writeString(folder.resolve("twice.yaml"), Trainings.yaml(2) + "epochs: 9\n");
    cli.refused(2, "'" + twice + "', line ", "submit", twice);
    cli.refused(2, "--device-id is '7:7'; there are jvm\n", "submit", "fmnist_cnn", "--device-id", "7:7");
    cli.refused(2, "--label is 'a b", "submit", "fmnist_cnn", "--label", "a b".repeat(30));
    cli.refused(2, "--kl-bound is -1.0; it must be positive", "submit", "fmnist_cnn", "--kl-bound", -1);
    cli.refused(1, "there is no job 999; 'arturo jobs' lists them", "jobs", 999);
    Path elsewhere = Files.writeString(folder.resolve("elsewhere.yaml"), Trainings.yaml(2).replace("table/", "nosuch/"));
    cli.refused(
        2, "'" + elsewhere + "': there is no 'nosuch/train.csv' in the data root; upload it ('arturo upload NAME FILE'), or name what"
            + " 'arturo datasets' lists", "submit", elsewhere);
    cli.refused(1, "there is no job 999; ", "logs", 999, "-f");
  }

  /** By these words commands know a server that is older than they are. */
  @Test
  void anOlderServerIsKnownByWhatItSaysOfPathsThatItDoesNotKnow() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve("/api/v1/nosuch"))
            .header("Authorization", "Bearer " + Files.readString(admin))
            .build();
    try (HttpClient plain = HttpClient.newHttpClient()) {
      HttpResponse<String> response = plain.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(JSON.readTree(response.body()).path("detail").asText()).startsWith(Refusal.NOTHING);
    }
  }

  @Test
  void rolesAndTokens() throws IOException {
    cli(reader).refused(1, "this needs role user, and token 'reader' has role reader; ask an admin", "submit", experiment);
    assertThat(cli(reader).run("jobs").code()).isZero();
    cli(reader).refused(1, "this needs role admin, ", "token", "list");
    Path made = Files.writeString(folder.resolve("made"), cli(admin).out("token", "create", "eva"));
    try (ServiceClient eva = ServiceClient.connect(server.address(), Files.readString(made).strip())) {
      assertThat(eva.session().name()).isEqualTo("eva");
      assertThat(cli(admin).out("token", "list")).contains("eva", "reader");
      assertThat(cli(admin).out("token", "revoke", eva.session().id())).endsWith(" is revoked\n");
      assertThatThrownBy(eva::session).isInstanceOf(ServiceException.class).extracting("status").isEqualTo(401);
    }
    cli(made).refused(1, "the server at " + server.address() + " does not know the token (the one in '" + made + "'), or", "jobs");
    try (ServiceClient client = client()) {
      assertThat(client.administration().audit(null, 3).entries()).hasSize(3);
    }
  }

  @Test
  void aDeviceIsDrainedAndAJobIsCancelled() throws IOException {
    ClientCli cli = cli(admin);
    assertThat(cli.out("drain", "jvm")).contains("drained");
    try (ServiceClient client = client()) {
      Job waiting = client.submit(NewJob.training().yaml(Trainings.yaml(2)).label("drained").request());
      assertThat(cli.out("jobs", waiting.id())).contains("waits for ");
      assertThat(cli.out("cancel", "--label", "drained")).contains("Jobs cancelled: 1");
      assertThat(await(client, waiting.id()).state()).isEqualTo(State.CANCELLED);
      ClientCli.Outcome followed = cli.run("logs", waiting.id(), "-f");
      assertThat(followed.code()).isEqualTo(130);
      cli.refused(1, "job " + waiting.id(), "cancel", waiting.id());
      client.delete(waiting.id());
      assertThatThrownBy(() -> client.job(waiting.id())).isInstanceOf(ServiceException.class).extracting("status").isEqualTo(404);
    } finally {
      assertThat(cli.out("undrain", "jvm")).contains("available");
    }
  }

  /** What three readers are told while the server is started anew is what the training has written, each line once. */
  @Test
  void readersOutliveARestart() throws Exception {
    try (ServiceClient client = client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Job job = client.submit(NewJob.training().yaml(Trainings.yaml(80)).request());
      Callable<List<Map<String, Object>>> reader =
          () -> {
            List<Map<String, Object>> told = new ArrayList<>();
            client.events(
                job.id(),
                event -> {
                  if (event instanceof JobEvent.Told of) {
                    told.add(of.values());
                  }
                });
            return told;
          };
      List<Future<List<Map<String, Object>>>> readers = List.of(threads.submit(reader), threads.submit(reader));
      Future<byte[]> log = threads.submit(() -> client.followLog(job.id(), 0).readAllBytes());
      awaitEpoch(client, job.id(), 10);
      server.restart();
      List<Map<String, Object>> written = new ArrayList<>();
      for (Future<List<Map<String, Object>>> each : readers) {
        List<Map<String, Object>> told = each.get();
        if (written.isEmpty()) {
          for (String line : Files.readAllLines(server.folder(job.id()).events())) {
            written.add(JSON.readValue(line, new TypeReference<Map<String, Object>>() {}));
          }
        }
        assertThat(told).isEqualTo(written);
      }
      assertThat(written).filteredOn(line -> "epoch".equals(line.get("type"))).hasSize(80);
      assertThat(new String(log.get(), StandardCharsets.UTF_8)).isEqualTo(Files.readString(server.folder(job.id()).log()));
      assertThat(client.job(job.id()).state()).isEqualTo(State.SUCCEEDED);
    }
  }
}
