// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import static io.github.arturo4j.service.client.FakeService.job;
import static io.github.arturo4j.service.client.FakeService.json;
import static io.github.arturo4j.service.client.FakeService.problem;
import static io.github.arturo4j.service.client.FakeService.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.service.api.Artifact;
import io.github.arturo4j.service.api.ArtifactList;
import io.github.arturo4j.service.api.Attempt;
import io.github.arturo4j.service.api.AuditEntry;
import io.github.arturo4j.service.api.AuditPage;
import io.github.arturo4j.service.api.DatasetFile;
import io.github.arturo4j.service.api.DatasetInfo;
import io.github.arturo4j.service.api.DatasetList;
import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.DeviceList;
import io.github.arturo4j.service.api.DeviceState;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.JobPage;
import io.github.arturo4j.service.api.NewToken;
import io.github.arturo4j.service.api.Position;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.SearchInfo;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.api.Token;
import io.github.arturo4j.service.api.TokenList;
import io.github.arturo4j.service.api.TrialInfo;
import io.github.arturo4j.service.client.FakeService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands that ask a server print, and how they end where it refuses or is not there. */
class ClientCommandsTest {
  private static final String ABC = "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"";
  private static final Token EVA = new Token(3, "eva", Role.USER, FakeService.TIME, null);
  private static final Device DEVICE = new Device("0:0", "A GPU", 2, 1, DeviceState.FAULTY, "two jobs have crashed on it", List.of(7L));

  @TempDir Path folder;
  private FakeService server;
  private Path token;
  private ClientCli cli;

  @BeforeEach
  void start() throws IOException {
    server = new FakeService();
    token = Files.writeString(folder.resolve("token"), FakeService.SECRET + "\n");
    cli = new ClientCli(server.address(), token);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String time(int seconds) {
    return FakeService.TIME.plusSeconds(seconds).atZone(ZoneId.systemDefault()).toLocalDateTime().toString().replace('T', ' ');
  }

  private static Job running() {
    Job job = job(9, State.RUNNING);
    return new Job(
        9, job.kind(), "mine\u001b[31m", job.experiment(), Map.of("epochs", 3), "small", List.of("a", "b"), 60, 1, "0:0", State.RUNNING,
        true, null, null, null, job.submitted(), "eva", job.began(), null, new Position(2, 40, 3, 469, 0.25), 3_700.0,
        List.of(
            new Attempt(1, List.of("0:0"), 4L, FakeService.TIME.plusSeconds(1), FakeService.TIME.plusSeconds(2), null),
            new Attempt(2, List.of("0:0"), 5L, FakeService.TIME.plusSeconds(3), null, null)), null, null);
  }

  private static Job comparison() {
    Job job = job(10, State.CANCELLED);
    return new Job(
        10, JobKind.COMPARE, job.name(), job.experiment(), job.options(), null, job.labels(), 50, 1, null, job.state(), false, null, null,
        job.cancelledBy(), job.submitted(), job.submittedBy(), job.began(), job.ended(), null, null, List.of(), null, null);
  }

  @Test
  void jobsAreATable() {
    server.on("GET /jobs?limit=30", json(200, new JobPage(List.of(running(), job(8, State.FAILED), comparison()), null)));
    assertThat(cli.out("jobs").lines())
        .containsExactly(
            "id  state      name                  progress               priority  submitted            by     labels",
            "9   running    mine\\u001b[31m        epoch 2/3 step 40/469  60        " + time(0) + "  eva    a,b     about 1:01 h left",
            "8   failed     fmnist_cnn                                   50        " + time(0) + "  admin          it was made to fail",
            "10  cancelled  fmnist_cnn (compare)                         50        " + time(0) + "  admin          by admin");
  }

  @Test
  void aSearchIsToldWithItsTrials() {
    Job job = job(7, State.SUCCEEDED);
    String values = "optimizer.learningRate 0.01";
    Job search =
        new Job(
            7, JobKind.TUNE, job.name(), job.experiment(), Map.of("trials", 3), null, List.of(), 50, 1, null, State.RUNNING, true, null,
            null, null, job.submitted(), "eva", job.began(), null, null, null, List.of(), null,
            new SearchInfo(3, 2, 1, 1, "accuracy", new SearchInfo.Best(1, 8L, values, 0.8173)));
    Job trial =
        new Job(
            8, JobKind.TRAIN, "fmnist_cnn, trial 1", job.experiment(), Map.of(), null, List.of("tune-7"), 50, 1, null, State.SUCCEEDED,
            true, null, null, null, job.submitted(), "eva", job.began(), job.ended(), new Position(3, 0, 9, 20, 0.25), null, List.of(),
            new TrialInfo(7, 1, 3, values, 0.8173), null);
    server
        .on("GET /jobs?limit=30", json(200, new JobPage(List.of(search), null)))
        .on("GET /jobs/7", json(200, search))
        .on("GET /jobs/8", json(200, trial))
        .on("GET /jobs/7/trials", json(200, new JobPage(List.of(trial), null)));
    assertThat(cli.out("jobs")).contains("fmnist_cnn (tune)  2/3 trials, 1 at work, 1 failed  50");
    assertThat(cli.out("jobs", 7).lines())
        .contains(
            "progress     2/3 trials, 1 at work, 1 failed", "best so far  accuracy 0.8173, trial 1 (job 8), optimizer.learningRate 0.01",
            "trial  id  state      progress   accuracy  values",
            "1      8   succeeded  epoch 3/9  0.8173    optimizer.learningRate 0.01");
    assertThat(cli.out("jobs", 8)).contains("trial        1 of job 7, optimizer.learningRate 0.01");
  }

  @Test
  void jobsAreChosenAndPaged() throws IOException {
    server
        .on("GET /jobs?state=running,failed&label=a&limit=3", json(200, new JobPage(List.of(running(), job(8, State.FAILED)), 8L)))
        .on(
            "GET /jobs?state=running,failed&label=a&before=8&limit=3",
            json(200, new JobPage(List.of(job(5, State.FAILED), job(4, State.FAILED)), null)));
    String out = cli.out("jobs", "--state", "failed,Running", "--label", "a", "--limit", 3, "--json");
    assertThat(new ObjectMapper().readTree(out).findValuesAsText("id")).containsExactly("9", "8", "5");
    server.on("GET /jobs?limit=30", json(200, new JobPage(List.of(), null)));
    assertThat(cli.out("jobs")).isEqualTo("There are no jobs; 'arturo submit EXPERIMENT' makes one\n");
    assertThat(cli.out("jobs", "--json")).isEqualTo("[ ]\n");
    cli.refused(2, "--limit is 0; it must be at least 1", "jobs", "--limit", 0);
    cli.refused(2, "ID 3 contradicts --label; leave out one of them", "jobs", 3, "--label", "x");
    cli.refused(2, "Invalid value for option '--state'", "jobs", "--state", "asleep");
  }

  @Test
  void aJobIsToldWhole() {
    server.on("GET /jobs/9", json(200, running()));
    assertThat(cli.out("jobs", 9).lines())
        .containsExactly(
            "job          9, train fmnist_cnn",
            "name         mine\\u001b[31m",
            "state        running",
            "             about 1:01 h left",
            "progress     epoch 2/3 step 40/469",
            "options      --epochs 3",
            "data set     small",
            "labels       a,b",
            "priority     60",
            "devices      1, only 0:0",
            "submitted    " + time(0) + " by eva",
            "began        " + time(1),
            "attempt 1    on 0:0, from " + time(1) + ", until " + time(2) + ", without coming to its end",
            "attempt 2    on 0:0, from " + time(3) + ", runs");
    assertThat(cli.out("jobs", 9, "--json")).startsWith("{").contains("\"loss\" : 0.25");
  }

  @Test
  void aLogIsPrintedAsItIs() {
    server.on("GET /jobs/7/logs?offset=-4&follow=false", text(200, "text/plain", "zwei", "X-Offset", "5"));
    assertThat(cli.out("logs", 7, "--offset", -4)).isEqualTo("zwei");
  }

  @Test
  void jobsAreCancelled() {
    server
        .on("POST /jobs/7/cancel", json(200, job(7, State.STOPPING)))
        .on("POST /jobs/8/cancel", json(200, job(8, State.CANCELLED)))
        .on("POST /jobs/cancel?label=x%20y", json(200, new JobPage(List.of(job(7, State.STOPPING)), null)));
    assertThat(cli.out("cancel", 7, 8)).isEqualTo("Job 7: stopping\nJob 8: cancelled\n");
    assertThat(cli.out("cancel", "--label", "x y", "--now")).isEqualTo("Job 7: stopping\nJobs cancelled: 1\n");
    assertThat(cli.out("cancel", 7, "--json")).startsWith("[ {");
    assertThat(server.requests().stream().map(FakeService.Request::body))
        .containsExactly(
            "{\"mode\":\"checkpoint\"}", "{\"mode\":\"checkpoint\"}", "{\"mode\":\"now\"}", "{\"mode\":\"checkpoint\"}");
    cli.refused(2, "there is nothing to cancel; give the ID of a job, or --label LABEL", "cancel");
    cli.refused(2, "ID 7 contradicts --label 'x'; leave out one of them", "cancel", 7, "--label", "x");
    server.on("POST /jobs/7/cancel", problem(409, null, "job 7 has succeeded; there is nothing to cancel"));
    cli.refused(1, "job 7 has succeeded; there is nothing to cancel", "cancel", 7);
    ClientCli.Outcome both = cli.run("cancel", 7, 8);
    assertThat(both).isEqualTo(
        new ClientCli.Outcome(1, "Job 8: cancelled\n", "arturo: job 7 has succeeded; there is nothing to cancel\n"));
  }

  @Test
  void aJobIsChanged() {
    server.on("PATCH /jobs/9", json(200, running()));
    assertThat(cli.out("change", 9, "--priority", 60, "--label", "a,b").lines().skip(1))
        .containsExactly(
            "9   running  mine\\u001b[31m  epoch 2/3 step 40/469  60        " + time(0) + "  eva  a,b     about 1:01 h left");
    assertThat(cli.out("change", 9, "--name", "other", "--no-labels", "--json")).startsWith("{");
    assertThat(server.requests().stream().map(FakeService.Request::body))
        .containsExactly("{\"labels\":[\"a\",\"b\"],\"priority\":60}", "{\"name\":\"other\",\"labels\":[]}");
    cli.refused(2, "there is nothing to change; give --name, --label, --no-labels or --priority", "change", 9);
    cli.refused(2, "--label contradicts --no-labels; leave out one of them", "change", 9, "--label", "x", "--no-labels");
    server.on("PATCH /jobs/9", problem(409, "priority", "job 9 has ended; resume it first, or leave its priority"));
    cli.refused(1, "--priority: job 9 has ended; resume it first, or leave its priority", "change", 9, "--priority", 1);
  }

  @Test
  void jobsAreDeleted() {
    server
        .on("DELETE /jobs/7", text(204, "text/plain", ""))
        .on("DELETE /jobs/8", problem(409, "id", "job 8 is running; cancel it first"));
    assertThat(cli.out("delete", 7)).isEqualTo("Job 7 is deleted\n");
    assertThat(cli.out("delete", 7, "--json")).isEqualTo("[ 7 ]\n");
    assertThat(cli.run("delete", 8, 7))
        .isEqualTo(new ClientCli.Outcome(1, "Job 7 is deleted\n", "arturo: job 8 is running; cancel it first\n"));
    cli.refused(2, "Missing required parameter: 'ID'", "delete");
  }

  @Test
  void theAuditTrailIsATable() throws IOException {
    AuditEntry submitted = new AuditEntry(2, FakeService.TIME, "eva", "submit", "job 7", "train a\u001b[31m");
    AuditEntry made = new AuditEntry(1, FakeService.TIME, "server", "create token", "token 1", null);
    server
        .on("GET /audit?limit=2", json(200, new AuditPage(List.of(submitted), 2L)))
        .on("GET /audit?limit=2&before=2", json(200, new AuditPage(List.of(made, made), 1L)))
        .on("GET /audit?limit=30", json(200, new AuditPage(List.of(), null)));
    assertThat(cli.out("audit", "--limit", 2).lines())
        .containsExactly(
            "time                 who     action        subject  detail",
            time(0) + "  eva     submit        job 7    train a\\u001b[31m",
            time(0) + "  server  create token  token 1");
    assertThat(new ObjectMapper().readTree(cli.out("audit", "--limit", 2, "--json")).findValuesAsText("id")).containsExactly("2", "1");
    assertThat(cli.out("audit", "--json")).isEqualTo("[ ]\n");
    cli.refused(2, "--limit is 0; it must be at least 1", "audit", "--limit", 0);
    server.on("GET /audit?limit=30", problem(403, null, "this needs role admin, and token 'eva' has role user"));
    cli.refused(1, "this needs role admin, and token 'eva' has role user", "audit");
  }

  private void serve(String... names) {
    List<Artifact> artifacts = Stream.of(names).map(name -> new Artifact(name, 3, FakeService.TIME)).toList();
    server.on("GET /jobs/7/artifacts", json(200, new ArtifactList(artifacts)));
    for (String name : names) {
      server.on("GET /jobs/7/artifacts/" + name, text(200, "application/octet-stream", "abc", "ETag", ABC));
    }
  }

  @Test
  void filesAreFetched() {
    serve("config.yaml", "plots/a.svg");
    Path out = folder.resolve("run");
    assertThat(cli.out("fetch", 7, "--out", out)).isEqualTo(out.resolve("config.yaml") + "\n" + out.resolve("plots/a.svg") + "\n");
    assertThat(out.resolve("plots/a.svg")).hasContent("abc");
    Path one = folder.resolve("one");
    assertThat(cli.out("fetch", 7, "config.yaml", "--out", one, "--json")).contains("\"name\" : \"config.yaml\"");
    assertThat(one.toFile().list()).containsExactly("config.yaml");
    cli.refused(2, "job 7 has no file 'b'; there are: config.yaml, plots/a.svg", "fetch", 7, "b", "--out", one);
    Path file = one.resolve("config.yaml");
    cli.refused(2, "--out: the folder '" + file + "' cannot be made: ", "fetch", 7, "--out", file);
  }

  @Test
  void aServerDoesNotSayWhereFilesGo() {
    for (String name : List.of("../evil", "/tmp/evil-of-a-test", "a/../../evil", ".", "..")) {
      serve("config.yaml", name);
      cli.refused(
          1, "the server names a file '" + name + "', which would be outside of the folder; nothing was fetched", "fetch", 7, "--out",
          folder.resolve("run"));
    }
    assertThat(folder.resolve("run")).doesNotExist();
    assertThat(server.asked()).allMatch("GET /jobs/7/artifacts"::equals);
  }

  @Test
  void tokensAreMadeListedAndRevoked() {
    server
        .on("POST /tokens", json(201, new NewToken(EVA, "the-secret")))
        .on(
            "GET /tokens",
            json(200, new TokenList(List.of(EVA, new Token(11, "old", Role.ADMIN, FakeService.TIME, FakeService.TIME.plusSeconds(9))))))
        .on("DELETE /tokens/3", text(204, null, ""));
    assertThat(cli.out("token", "create", "eva", "--role", "reader")).isEqualTo("the-secret\n");
    assertThat(server.requests().getLast().body()).isEqualTo("{\"name\":\"eva\",\"role\":\"reader\"}");
    assertThat(cli.out("token", "create", "eva", "--json")).contains("\"secret\" : \"the-secret\"");
    assertThat(server.requests().getLast().body()).contains("\"role\":\"user\"");
    assertThat(cli.out("token", "list").lines())
        .containsExactly(
            "id  name  role   created              revoked", "3   eva   user   " + time(0), "11  old   admin  " + time(0) + "  " + time(9));
    assertThat(cli.out("token", "list", "--json")).startsWith("[ {");
    assertThat(cli.out("token", "revoke", 3)).isEqualTo("Token 3 is revoked\n");
    ClientCli.refused(ClientCli.execute("token"), 2, "Missing required subcommand");
  }

  @Test
  void dataSetsAreListedAndFilled() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "abc");
    server
        .on("GET /datasets", json(200, new DatasetList(List.of(new DatasetInfo("mine", 2, 12_345)), 1000L)),
            json(200, new DatasetList(List.of(), 1000L)))
        .on("PUT /datasets/mine/a.csv", json(201, new DatasetFile("mine", "a.csv", 3, ABC.replace("\"", ""))));
    assertThat(cli.out("datasets").lines()).containsExactly("name  files  bytes", "mine  2      12,345");
    assertThat(cli.out("datasets")).isEqualTo("There are no data sets; 'arturo upload NAME FILE' makes one\n");
    assertThat(cli.out("datasets", "--json")).isEqualTo("[ ]\n");
    assertThat(cli.out("upload", "mine", file, file)).isEqualTo("mine/a.csv: 3 bytes\n".repeat(2));
    assertThat(cli.out("upload", "mine", file, "--json")).contains("\"sha256\" : ");
    int asked = server.asked().size();
    Path none = folder.resolve("none");
    cli.refused(2, "cannot read '" + none + "': there is no such file; name files, nothing was sent", "upload", "mine", file, none);
    cli.refused(2, "cannot read '" + folder + "': it is a folder; name files, nothing was sent", "upload", "mine", folder);
    assertThat(server.asked()).hasSize(asked);
  }

  @Test
  void devicesAreDrained() {
    server
        .on("GET /devices", json(200, new DeviceList(List.of(DEVICE))))
        .on("POST /devices/0%3A0/drain", json(200, DEVICE))
        .on("POST /devices/0%3A0/undrain", json(200, DEVICE));
    List<String> table =
        List.of("id   name   state   busy  jobs", "0:0  A GPU  faulty  1/2   7     two jobs have crashed on it");
    assertThat(cli.out("drain").lines()).isEqualTo(table);
    assertThat(cli.out("drain", "0:0").lines()).isEqualTo(table);
    assertThat(cli.out("undrain", "0:0", "--json")).startsWith("[ {").contains("\"state\" : \"faulty\"");
    assertThat(server.asked()).containsExactly("GET /devices", "POST /devices/0%3A0/drain", "POST /devices/0%3A0/undrain");
  }

  @Test
  void whatTheServerRefusesIsOneLine() {
    server.on("GET /jobs/7", problem(401, null, "the token is not in force; check it"));
    cli.refused(
        1,
        "the server at " + server.address() + " does not know the token (the one in '" + token + "'), or it was revoked; set"
            + " ARTURO_TOKEN, or name a file with --token-file; ",
        "jobs", 7);
    server.on("GET /jobs/7", problem(403, null, "this needs role admin, and token 'a' has role user; ask an admin for another token"));
    cli.refused(1, "this needs role admin, and token 'a' has role user; ask", "jobs", 7);
    server.on("GET /jobs/7", problem(404, null, "there is no job 7"));
    cli.refused(1, "there is no job 7; 'arturo jobs' lists what there is", "jobs", 7);
    server.on("GET /jobs/7", problem(404, null, "there is nothing at '/api/v1/jobs/7'; look at the page"));
    String old = "the server at " + server.address() + " cannot do that; use the same version of arturo here and there";
    cli.refused(1, old, "jobs", 7);
    server.on("GET /jobs/7", problem(405, null, "it does not take GET; use POST"));
    cli.refused(1, old, "jobs", 7);
    server.on("GET /jobs/7", json(200, Map.of("id", 7)));
    cli.refused(
        1, "the server at " + server.address() + " answers otherwise than this version of arturo expects (no Job); use the same", "jobs",
        7);
  }

  @Test
  void aServerThatIsNotThereIsOneLine() throws IOException {
    server.on("GET /jobs/7", text(200, "text/html", "<html>"));
    cli.refused(
        1,
        "what answers at " + server.address() + " is no arturo server (status 200, text/html); give the address that 'arturo serve'"
            + " prints with --server or ARTURO_SERVER",
        "jobs", 7);
    URI address = server.address();
    server.close();
    cli.refused(
        1,
        "no server answers at " + address + " (connection refused); start one with 'arturo serve', or give the address of one with"
            + " --server or ARTURO_SERVER",
        "jobs", 7);
    ClientCli.refused(
        ClientCli.execute("jobs", "--server", "http://nosuchhost.invalid", "--token-file", token.toString()), 1,
        "no host is known as 'nosuchhost.invalid'; start one");
  }

  @Test
  void aServerWithoutTlsIsOneLine() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start( // virtual ones may find all their carriers taken
          () -> {
            try (Socket connection = socket.accept()) {
              connection.getInputStream().read();
              connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              connection.getInputStream().readAllBytes();
            } catch (IOException e) {
              // The command has ended.
            }
          });
      String address = "https://127.0.0.1:" + socket.getLocalPort();
      ClientCli.Outcome outcome = ClientCli.execute("jobs", "--server", address, "--token-file", token.toString());
      ClientCli.refused(outcome, 1, "no encrypted connection to " + address + " can be made (");
      assertThat(outcome.err()).contains("; give an address that begins with http:// if it is a server without TLS, or ");
    }
  }

  @Test
  void anAddressThatIsNoneIsWrongUsage() {
    for (String wrong : List.of("http://", "ftp://a", "http://a b", "http://a/?b", "")) {
      ClientCli.refused(ClientCli.execute("jobs", "--server", wrong, "--token-file", token.toString()), 2, "the server's address is '");
    }
    server.on("GET /jobs", json(200, new JobPage(List.of(), null)));
    String withoutScheme = "127.0.0.1:" + server.port();
    assertThat(ClientCli.execute("jobs", "--server", withoutScheme, "--token-file", token.toString()).code()).isZero();
  }
}
