// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import static io.github.arturo4j.service.client.FakeService.job;
import static io.github.arturo4j.service.client.FakeService.json;
import static io.github.arturo4j.service.client.FakeService.stream;
import static io.github.arturo4j.service.client.FakeService.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.cli.Main;
import io.github.arturo4j.service.api.Attempt;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.client.FakeService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Commands that stay with a job end as it does; Ctrl-C ends them and not the job. */
class FollowTest {
  private static final String PLAIN = "text/plain";

  @TempDir Path folder;
  private FakeService server;
  private Path token;
  private ClientCli cli;

  @BeforeEach
  void start() throws IOException {
    server = new FakeService().on("POST /jobs", json(201, job(7, State.QUEUED)));
    token = Files.writeString(folder.resolve("token"), FakeService.SECRET + "\n");
    cli = new ClientCli(server.address(), token);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String words() {
    return " --server " + server.address() + " --token-file " + token;
  }

  private static Job ended(State state, Integer exitCode, boolean resumable) {
    Job job = job(7, state);
    return new Job(
        7, job.kind(), job.name(), job.experiment(), job.options(), null, job.labels(), 50, 1, null, state, resumable, null, job.failure(),
        job.cancelledBy(), job.submitted(), job.submittedBy(), job.began(), job.ended(), null, null,
        List.of(new Attempt(1, List.of("jvm"), 5L, FakeService.TIME, FakeService.TIME.plusSeconds(61), exitCode)), null, null);
  }

  private void serve(Job job) {
    server
        .on("GET /jobs/7/logs?offset=0&follow=true", stream(PLAIN, "Epoch 1/1: größer\n", "X-Offset", "0"))
        .on("GET /jobs/7/logs?offset=20&follow=true", text(200, PLAIN, "", "X-Offset", "20"))
        .on("GET /jobs/7/events", stream("text/event-stream", "event: end\ndata:\n\n"))
        .on("GET /jobs/7", json(200, job));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SUCCEEDED | 0 | false | 0   | Job 7 is done, took 1:01 min; its files: arturo fetch 7WORDS
          FAILED    | 1 | false | 1   | Job 7 has failed: it was made to fail; its log: arturo logs 7WORDS
          FAILED    |   | true  | 1   | Job 7 has failed: it was made to fail; go on with: arturo resume 7WORDS
          FAILED    | 3 | true  | 3   | Job 7 has failed: it was made to fail; its log: arturo logs 7WORDS
          CANCELLED | 0 | true  | 130 | Job 7 was cancelled by admin; go on with: arturo resume 7WORDS
          """)
  void theExitCodeIsTheJobs(State state, Integer exitCode, boolean resumable, int code, String line) {
    serve(ended(state, exitCode, resumable));
    String err = line.replace("WORDS", words()) + "\n";
    String log = "Epoch 1/1: größer\n";
    assertThat(cli.run("submit", "fmnist_cnn", "--follow")).isEqualTo(new ClientCli.Outcome(code, "7\n" + log, err));
    assertThat(cli.run("submit", "fmnist_cnn", "--wait")).isEqualTo(new ClientCli.Outcome(code, "7\n", err));
    assertThat(cli.run("logs", "7", "-f")).isEqualTo(new ClientCli.Outcome(code, log, err));
    ClientCli.Outcome json = cli.run("submit", "fmnist_cnn", "--wait", "--json");
    assertThat(json.code()).isEqualTo(code);
    assertThat(json.out()).startsWith("{").contains("\"state\" : \"" + state.word() + "\"").endsWith("}\n");
  }

  @Test
  void saysWhatAJobWaitsFor() {
    serve(ended(State.SUCCEEDED, 0, false));
    Job job = job(7, State.QUEUED);
    Job waiting =
        new Job(
            7, job.kind(), job.name(), job.experiment(), job.options(), null, job.labels(), 50, 1, null, State.QUEUED, false,
            "device 0:0", null, null, job.submitted(), job.submittedBy(), null, null, null, null, List.of(), null, null);
    server.on("GET /jobs/7", json(200, waiting), json(200, ended(State.SUCCEEDED, 0, false)));
    assertThat(cli.run("submit", "fmnist_cnn", "--follow").err()).startsWith("Job 7 waits for device 0:0\nJob 7 is done");
    String events = "event: job\ndata: " + ClientJson.line(waiting) + "\n\nevent: end\ndata:\n\n";
    server.on("GET /jobs/7/events", stream("text/event-stream", events));
    assertThat(cli.run("submit", "fmnist_cnn", "--wait").err()).startsWith("Job 7 waits for device 0:0\nJob 7 is done");
  }

  @Test
  void aResumedJobIsFollowedFromWhereItsLogEnded() {
    serve(ended(State.SUCCEEDED, 0, false));
    server
        .on("GET /jobs/7/logs?offset=-1&follow=false", text(200, PLAIN, "\n", "X-Offset", "6"))
        .on("GET /jobs/7/logs?offset=7&follow=true", stream(PLAIN, "again\n", "X-Offset", "7"))
        .on("GET /jobs/7/logs?offset=13&follow=true", text(200, PLAIN, "", "X-Offset", "13"))
        .on("POST /jobs/7/resume", json(200, job(7, State.QUEUED)));
    ClientCli.Outcome outcome = cli.run("resume", 7, "--epochs", 9, "--follow");
    assertThat(outcome.out()).isEqualTo("7\nagain\n");
    assertThat(outcome.code()).isZero();
    assertThat(server.requests().stream().map(FakeService.Request::body)).contains("{\"epochs\":9}");
    assertThat(cli.out("resume", 7)).isEqualTo("7\n");
  }

  /** Such as {@code arturo logs 7 -f | head}: the job has not failed. */
  @Test
  void aLogThatNobodyReadsIsNoFailureOfTheJobs() {
    serve(job(7, State.RUNNING));
    String[] words = {"logs", "7", "-f", "--server", server.address().toString(), "--token-file", token.toString()};
    CommandLine line = Main.commandLine(words);
    StringWriter err = new StringWriter();
    PrintWriter closed = new PrintWriter(Writer.nullWriter());
    closed.close();
    line.setOut(closed).setErr(new PrintWriter(err, true));
    assertThat(line.execute(words)).isEqualTo(1);
    assertThat(err).hasToString("Job 7 goes on; come back with: arturo logs 7 --follow" + words() + "\n");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void ctrlCLeavesTheJobRunning() throws Exception {
    server
        .on("GET /jobs/7", json(200, job(7, State.RUNNING)))
        .on("GET /jobs/7/logs", server.stalled(PLAIN, "Epoch 1/1\n", "X-Offset", "0"));
    Process process =
        new ProcessBuilder(
                "env", "--default-signal=INT", // where the build runs in the background, a shell may have it ignore SIGINT
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "logs", "7", "-f", "--server", server.address().toString(),
                "--token-file", token.toString())
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("Epoch 1/1");
      assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor()).isZero();
      assertThat(process.waitFor()).isEqualTo(130);
      assertThat(err.lines().filter(line -> line.startsWith("Job")))
          .containsExactly("Job 7 goes on; come back with: arturo logs 7 --follow" + words());
      assertThat(out.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
    assertThat(server.asked()).noneMatch(request -> request.startsWith("POST"));
  }
}
