// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.run.Checkpoint;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.host.train.EpochResult;
import io.github.arturo4j.host.train.Small;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.kernels.device.Devices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings of two epochs of three steps, pushed to a server in this process. */
class MlflowLogTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir static Path shared;
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();
  private MlflowServer server;

  @BeforeAll
  static void trainWithout() {
    try (TrainingJob job = TrainingJob.begin(shared.resolve("plain"), setup())) {
      job.run();
    }
  }

  @BeforeEach
  void serve() throws IOException {
    server = new MlflowServer();
  }

  @AfterEach
  void stop() {
    server.close();
    assertThat(server.faults).isEmpty();
  }

  private Path run() {
    return folder.resolve("run");
  }

  private static TrainingSetup setup() {
    return setup(Small.EPOCHS);
  }

  private static TrainingSetup setup(int epochs) {
    Experiment experiment = Small.experiment("arturo").change().evaluateAt(List.of(2)).epochs(epochs).build();
    return TrainingSetup.of(experiment, Small.TRAIN, Small.TEST, Devices.find(null));
  }

  private MlflowSettings settings(String... environment) {
    Map<String, String> variables = new TreeMap<>(Map.of("MLFLOW_TRACKING_URI", server.address()));
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return MlflowSettings.of(variables, warnings::add).orElseThrow();
  }

  /** Trains, until it was asked so many times whether to stop; 0 for to the end. */
  private void train(MlflowSettings settings, Duration patience, int stopAt, TrainingListener... more) {
    train(setup(), settings, patience, stopAt, more);
  }

  private void train(TrainingSetup setup, MlflowSettings settings, Duration patience, int stopAt, TrainingListener... more) {
    int[] asked = {0};
    try (TrainingJob job = TrainingJob.beginOrResume(run(), setup)) {
      List<TrainingListener> listeners = new ArrayList<>();
      listeners.add(new MlflowLog(settings, job, warnings::add, patience, InstantSource.system()));
      listeners.addAll(List.of(more));
      job.listeners(listeners).stopWhen(() -> ++asked[0] == stopAt).run();
    }
  }

  @Test
  void aRunHasTheTrainingsValuesCurvesAndEnd() {
    train(settings(), LONG, 0);
    assertThat(warnings).isEmpty();
    assertThat(server.requests.subList(0, 3))
        .containsExactly("GET experiments/get-by-name", "POST experiments/create", "POST runs/create");
    assertThat(server.experiments).containsOnlyKeys("fmnist_cnn");
    MlflowServer.Run run = server.runs.get("r1");
    assertThat(run.name).isEqualTo("run");
    assertThat(run.tags).containsEntry("mlflow.runName", "run").containsEntry("mlflow.source.name", "arturo")
        .containsEntry("mlflow.user", System.getProperty("user.name"));
    assertThat(run.params).containsEntry("batchSize", "5").containsEntry("epochs", "2").containsEntry("optimizer.name", "arturo")
        .containsEntry("optimizer.mode", "robust").containsEntry("evaluateAt.0", "2")
        .containsKeys("schedule.milestones.0", "environment.device")
        .doesNotContainKeys("limitTrain", "patience");
    List<EpochRow> rows = RunReader.rows(run());
    assertThat(run.curve("train/loss")).containsOnlyKeys(3L, 6L);
    assertThat(run.curve("test/loss")).containsOnlyKeys(2L, 3L, 6L);
    assertThat(run.curve("test/loss").get(6L)).isCloseTo(rows.get(1).judgedLoss(), within(1e-6));
    assertThat(run.curve("test/accuracy").get(3L)).isCloseTo(rows.getFirst().judged().metric("accuracy"), within(1e-4));
    assertThat(run.curve("step/loss")).containsKeys(1L, 4L);
    assertThat(run.curve("kl")).containsOnlyKeys(3L, 6L);
    assertThat(run.states).containsExactly("RUNNING", "FINISHED");
    assertThat(server.authorizations).containsOnly("null");
  }

  @Test
  void aTrainingThatGoesOnIsTheSameRun() throws IOException {
    train(settings("MLFLOW_EXPERIMENT_NAME", "Größe & more"), LONG, 3);
    assertThat(server.experiments).containsOnlyKeys("Größe & more");
    assertThat(server.runs.get("r1").states).containsExactly("RUNNING", "KILLED");
    train(setup(Small.EPOCHS + 1), settings("MLFLOW_EXPERIMENT_NAME", "Größe & more"), LONG, 0);
    assertThat(server.runs).hasSize(1);
    assertThat(server.runs.get("r1").states).containsExactly("RUNNING", "KILLED", "RUNNING", "FINISHED");
    assertThat(server.runs.get("r1").params).as("which cannot be changed").containsEntry("epochs", "2");
    assertThat(server.runs.get("r1").curve("train/loss")).containsOnlyKeys(3L, 6L, 9L);
    assertThat(Files.readString(run().resolve("mlflow.json"))).contains("\"r1\"", server.address());
    assertThat(warnings).isEmpty();
  }

  /** As after a kill: the folder is as it was after the first epoch, and the server has the second one already. */
  @Test
  void stepsThatAreMadeAgainAreNotPushedAgain() throws IOException {
    Path killed = folder.resolve("killed");
    TrainingListener copying =
        new TrainingListener() {
          @Override
          public void checkpointed(Checkpoint reached) {
            if (reached.position().equals(new TrainingPosition(2, 0))) {
              await(() -> Files.exists(run().resolve(MlflowLog.FILE)));
              copy(run(), killed);
            }
          }
        };
    train(settings(), LONG, 0, copying);
    MlflowServer.Run pushed = server.runs.get("r1");
    assertThat(pushed.curve("train/loss")).containsOnlyKeys(3L, 6L);
    Files.move(run(), folder.resolve("done"));
    Files.move(killed, run());
    train(setup(Small.EPOCHS + 1), settings(), LONG, 0);
    assertThat(server.runs).hasSize(1);
    assertThat(pushed.curve("train/loss")).containsOnlyKeys(3L, 6L, 9L);
    assertThat(pushed.curve("step/loss")).containsKeys(1L, 4L, 7L);
    assertThat(pushed.metrics.stream().map(metric -> metric.get("key") + " " + metric.get("step"))).doesNotHaveDuplicates();
    assertThat(warnings).isEmpty();
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectory(to);
      try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
        for (Path file : files) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRunThatTheServerDoesNotKnowAnyMoreIsMadeAnew() {
    train(settings(), LONG, 3);
    server.runs.put("r1", server.runs.remove("r1"));
    server.runs.put("other", server.runs.remove("r1"));
    train(settings(), LONG, 0);
    assertThat(server.runs.get("r2").states).containsExactly("RUNNING", "FINISHED");
    assertThat(server.runs.get("r2").params).isNotEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void anotherServersRunOrADamagedFileIsNotGoneOnWith() throws IOException {
    train(settings(), LONG, 3);
    Path file = run().resolve("mlflow.json");
    Files.writeString(file, Files.readString(file).replace(server.address(), "http://other.example"));
    train(settings(), LONG, 1);
    assertThat(server.runs).containsOnlyKeys("r1", "r2");
    Files.writeString(file, "{");
    train(settings(), LONG, 0);
    assertThat(server.runs).containsOnlyKeys("r1", "r2", "r3");
    assertThat(Files.readString(file)).contains("\"r3\"");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aTrainingThatFailsHasFailed() {
    TrainingListener throwing =
        new TrainingListener() {
          @Override
          public void epochDone(EpochResult epoch) {
            throw new IllegalStateException("no more");
          }
        };
    assertThatIllegalStateException().isThrownBy(() -> train(settings(), LONG, 0, throwing)).withMessage("no more");
    assertThat(server.runs.get("r1").states).containsExactly("RUNNING", "FAILED");
    assertThat(server.runs.get("r1").curve("test/loss")).as("what was told before").containsOnlyKeys(2L, 3L);
  }

  @Test
  void whoMayPushIsSaidInAHeader() {
    train(settings("MLFLOW_TRACKING_TOKEN", "t0ken"), LONG, 0);
    assertThat(server.authorizations).containsOnly("Bearer t0ken");
  }

  private void assertSameAsWithout() throws IOException {
    Path plain = shared.resolve("plain");
    for (String file : List.of("model.safetensors", "precision.safetensors", "checkpoint.safetensors")) {
      assertThat(Files.mismatch(plain.resolve(file), run().resolve(file))).as(file).isEqualTo(-1);
    }
  }

  @Test
  void withoutAServerTheTrainingIsWhatItIs() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    train(settings("MLFLOW_TRACKING_URI", "http://127.0.0.1:" + port), LONG, 0);
    assertThat(warnings)
        .containsExactly(
            "Warning: cannot push to MLflow at http://127.0.0.1:" + port + ": nobody answers there; the training goes on, and what is not"
                + " pushed by its end is lost there");
    assertThat(run().resolve("mlflow.json")).doesNotExist();
    assertSameAsWithout();
  }

  /** It would wait for ever if a step, or the end, waited for an answer. */
  @Test
  void aServerThatDoesNotAnswerIsNotWaitedFor() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    server.obstacle =
        path -> {
          over.await();
          return "200 {}";
        };
    train(settings(), SHORT, 0);
    over.countDown();
    assertThat(warnings).hasSize(1);
    assertThat(warnings.getFirst()).matches("Warning: cannot push .*: it (does not answer in 0\\.2 s|takes too long); .*");
    assertSameAsWithout();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 {\"error_code\": \"INTERNAL_ERROR\", \"message\": \"out of order\"} | it answers with status 500, out of order",
        "503 <html>busy</html>          | it answers with status 503",
        "404 not here                   | it answers with status 404",
        "403 {\"message\": \"no\\nway\"} | it answers with status 403, no\\nway",
        "302                            | it answers with status 302",
        "200 <html>welcome</html>       | its answer is none of MLflow's API",
        "200 []                         | its answer is none of MLflow's API",
        "200 {}                         | its answer is none of MLflow's API",
        "200                            | its answer is none of MLflow's API"
      })
  void otherAnswersAreTold(String answer, String words) throws InterruptedException {
    server.obstacle = path -> answer;
    MlflowPusher pusher = pusher(Map.of());
    pusher.start();
    assertThat(pusher.end("FINISHED", LONG)).isTrue();
    assertThat(warnings).containsOnly(words);
    assertThat(server.requests).hasSizeLessThanOrEqualTo(2);
  }

  private MlflowPusher pusher(Map<String, String> params) {
    MlflowRun run = new MlflowRun("many", "run", params, Map.of(), null, System.currentTimeMillis());
    return new MlflowPusher(new MlflowApi(settings(), LONG), run, id -> {}, e -> warnings.add(e.getMessage()), InstantSource.system());
  }

  @Test
  void aServerThatIsOutOfOrderIsOneWarning() throws IOException {
    server.obstacle = path -> "500 {\"error_code\": \"INTERNAL_ERROR\", \"message\": \"out of order\"}";
    train(settings(), LONG, 0);
    assertThat(warnings)
        .containsExactly(
            "Warning: cannot push to MLflow at " + server.address() + ": it answers with status 500, out of order; the training goes on,"
                + " and what is not pushed by its end is lost there");
    assertSameAsWithout();
  }

  @Test
  void whatFailsForAWhileIsTriedAgain() {
    AtomicInteger left = new AtomicInteger(2);
    server.obstacle = path -> path.equals("runs/log-batch") && left.getAndDecrement() > 0 ? "503 busy" : null;
    TrainingListener patient =
        new TrainingListener() {
          @Override
          public void epochDone(EpochResult epoch) {
            await(() -> left.get() < 0);
          }
        };
    train(settings(), LONG, 0, patient);
    assertThat(warnings).hasSize(1);
    assertThat(server.runs.get("r1").params).containsKey("batchSize");
    assertThat(server.runs.get("r1").curve("train/loss")).containsOnlyKeys(3L, 6L);
    assertThat(server.runs.get("r1").states).containsExactly("RUNNING", "FINISHED");
  }

  @Test
  void aRunWhoseValuesAreRefusedStillEnds() {
    server.obstacle = path -> path.equals("runs/log-batch") ? "400 {\"message\": \"no\"}" : null;
    train(settings(), LONG, 0);
    assertThat(warnings).hasSize(1);
    assertThat(server.runs.get("r1").states).containsExactly("RUNNING", "FINISHED");
  }

  private static void await(BooleanSupplier met) {
    try {
      while (!met.getAsBoolean()) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void manyValuesGoInRequestsOfAllowedSizes() throws Exception {
    MlflowPusher pusher = pusher(Map.of());
    for (int i = 0; i < 12_000; i++) {
      pusher.add(new MlflowBatch.Metric("x", i, System.currentTimeMillis(), i)); // more than there is room for
    }
    pusher.start();
    assertThat(pusher.end("FINISHED", LONG)).isTrue();
    assertThat(server.runs.get("r1").metrics).hasSize(10_000);
    assertThat(server.requests.stream().filter("POST runs/log-batch"::equals)).hasSize(10);
    assertThat(warnings).isEmpty();
  }

  @Test
  void parametersKeepTheLimits() throws Exception {
    Map<String, String> params = new TreeMap<>();
    for (int i = 0; i < 250; i++) {
      params.put("p%03d".formatted(i), "v" + i);
    }
    params.put("with:colon", "é".repeat(4000));
    params.put("with_colon", "another of the same name");
    params.put("k".repeat(300), "😀".repeat(2000));
    params.put("none", null);
    MlflowPusher pusher = pusher(params);
    pusher.start();
    assertThat(pusher.end("FINISHED", LONG)).isTrue();
    Map<String, String> got = server.runs.get("r1").params;
    assertThat(got).hasSize(252).containsEntry("p249", "v249").containsEntry("with_colon", "é".repeat(3000))
        .containsEntry("k".repeat(250), "😀".repeat(1500));
    assertThat(server.requests.stream().filter("POST runs/log-batch"::equals)).hasSize(3);
    assertThat(warnings).isEmpty();
  }
}
