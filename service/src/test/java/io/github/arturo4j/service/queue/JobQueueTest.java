// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.host.cli.Main;
import io.github.arturo4j.service.Trainings;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobChange;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.process.JobFolder;
import io.github.arturo4j.service.process.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs from their request to their end, with processes that train. */
class JobQueueTest {
  @TempDir static Path shared;

  /** The weights of a plain training of so many epochs. */
  private static byte[] plain;

  private static final int EPOCHS = 150;

  @TempDir Path folder;
  private QueueFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new QueueFixture(folder, 1);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static byte[] plain() throws IOException {
    if (plain == null) {
      Path yaml = Files.writeString(shared.resolve("small.yaml"), Trainings.yaml(EPOCHS));
      Path data = Trainings.data(shared.resolve("data"));
      int code =
          Main.commandLine("train")
              .execute("train", yaml.toString(), "--data", data.resolve("table/train.csv").toString(), "--out",
                  shared.resolve("run").toString());
      assertThat(code).isZero();
      plain = Files.readAllBytes(shared.resolve("run/model.safetensors"));
    }
    return plain;
  }

  /** Of two files of weights, what follows the header, which names a time and a run. */
  private static byte[] tensors(byte[] file) {
    int header = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return Arrays.copyOfRange(file, Long.BYTES + header, file.length);
  }

  private void assertSameBits(long id) throws IOException {
    assertThat(tensors(fixture.weights(id))).isEqualTo(tensors(plain()));
  }

  @Test
  void aJobTrainsAsTheCommandDoesAndLeavesItsFiles() throws Exception {
    Job job = fixture.submit(Trainings.yaml(EPOCHS));
    assertThat(job.state()).isEqualTo(State.RUNNING);
    assertThat(job.experiment()).isEqualTo("small");
    Job done = fixture.awaitState(job.id(), State.SUCCEEDED);
    assertThat(done.failure()).isNull();
    assertThat(done.position().epochs()).isEqualTo(EPOCHS);
    assertThat(done.attempts()).singleElement().matches(attempt -> attempt.exitCode() == 0 && attempt.ended() != null);
    assertSameBits(job.id());
    assertThat(fixture.queue.folder(job.id()).log()).content().contains("Training small").contains("Done: run\n");
    assertThat(fixture.queue.folder(job.id()).events()).content().contains("\"type\":\"epoch\"");
    assertThat(fixture.audit.page(null, 10).entries()).extracting("action").containsExactly("end", "submit");
  }

  @Test
  void oneThatWasCancelledWithACheckpointGoesOnAndComesToTheSameBits() throws Exception {
    Job job = fixture.submit(Trainings.yaml(EPOCHS));
    fixture.awaitEpoch(job.id(), 2);
    assertThat(fixture.queue.cancel(job.id(), CancelMode.CHECKPOINT, "you").state()).isIn(State.STOPPING, State.CANCELLED);
    Job cancelled = fixture.awaitState(job.id(), State.CANCELLED);
    assertThat(cancelled.cancelledBy()).isEqualTo("you");
    assertThat(cancelled.resumable()).isTrue();
    assertThat(fixture.queue.resume(job.id(), null, "me").state()).isEqualTo(State.RUNNING);
    Job done = fixture.awaitState(job.id(), State.SUCCEEDED);
    assertThat(done.attempts()).hasSize(2);
    assertSameBits(job.id());
  }

  @Test
  void oneWhoseProcessIsKilledGoesOnByItselfAndComesToTheSameBits() throws Exception {
    Job job = fixture.submit(Trainings.yaml(EPOCHS));
    for (int kill = 0; kill < 2; kill++) {
      Job running = fixture.awaitEpoch(job.id(), 2 + 5 * kill);
      ProcessHandle.of(running.attempts().getLast().pid()).orElseThrow().destroyForcibly();
      int attempts = running.attempts().size();
      fixture.await(job.id(), now -> now.attempts().size() > attempts || now.failure() != null);
    }
    Job done = fixture.awaitState(job.id(), State.SUCCEEDED);
    assertThat(done.attempts()).hasSize(3);
    assertThat(done.attempts().getFirst().exitCode()).isNull();
    assertSameBits(job.id());
  }

  @Test
  void aServerThatComesBackAdoptsTheProcessAndKnowsItsEnd() throws Exception {
    Job job = fixture.submit(Trainings.yaml(EPOCHS));
    long pid = fixture.awaitEpoch(job.id(), 1).attempts().getLast().pid();
    Job waiting = fixture.submit(Trainings.yaml(1));
    fixture.die();
    assertThat(ProcessHandle.of(pid)).isPresent();
    fixture.open();
    Job adopted = fixture.queue.get(job.id());
    assertThat(adopted.state()).isIn(State.RUNNING, State.SUCCEEDED);
    assertThat(adopted.attempts()).singleElement().matches(attempt -> attempt.pid() == pid);
    Job done = fixture.awaitState(job.id(), State.SUCCEEDED);
    assertThat(done.attempts()).singleElement().matches(attempt -> attempt.exitCode() == 0);
    assertSameBits(job.id());
    fixture.awaitState(waiting.id(), State.SUCCEEDED);
  }

  @Test
  void aServerThatWasAwayHearsOfTheEndLater() throws Exception {
    Job job = fixture.submit(Trainings.yaml(5));
    long pid = fixture.queue.get(job.id()).attempts().getLast().pid();
    fixture.die();
    ProcessHandle.of(pid).ifPresent(handle -> handle.onExit().join());
    fixture.open();
    assertThat(fixture.queue.get(job.id()).state()).isEqualTo(State.SUCCEEDED);
    assertThat(fixture.queue.get(job.id()).attempts()).hasSize(1);
  }

  @Test
  void oneThatCannotBeTrainedFailsWithTheLineOfTheCommand() throws Exception {
    Job job =
        fixture.submit(Trainings.yaml(5).replace("target: target", "target: nothing"));
    Job failed = fixture.awaitState(job.id(), State.FAILED);
    assertThat(failed.failure()).contains("nothing").doesNotContain("\n");
    assertThat(failed.attempts()).singleElement().matches(attempt -> attempt.exitCode() != 0);
  }

  @Test
  void jobsWaitForTheSlotByPriorityAndCanBeCancelledThere() throws Exception {
    Job first = fixture.submit(Trainings.yaml(100_000));
    Job second = fixture.submit(Trainings.yaml(1));
    JobRequest urgent = new JobRequest(null, null, Trainings.yaml(1), null, null, "urgent", List.of("a", "b"), 90, null, null);
    Job third = fixture.queue.submit(urgent, null, "me").job();
    assertThat(second.state()).isEqualTo(State.QUEUED);
    assertThat(fixture.queue.get(second.id()).waitingFor()).isEqualTo("a device; all are busy");
    assertThat(fixture.queue.list(Set.of(State.QUEUED), null, null, 10).jobs()).extracting(Job::id)
        .containsExactly(third.id(), second.id());
    assertThat(fixture.queue.list(Set.of(), "b", null, 10).jobs()).extracting(Job::id).containsExactly(third.id());
    assertThat(fixture.queue.change(second.id(), new JobChange(null, List.of("a"), 95), "me").priority()).isEqualTo(95);
    fixture.queue.cancel(first.id(), CancelMode.NOW, "me");
    Job killed = fixture.awaitState(first.id(), State.CANCELLED);
    assertThat(killed.attempts()).singleElement().matches(attempt -> attempt.exitCode() == null);
    fixture.awaitState(second.id(), State.RUNNING);
    assertThat(fixture.queue.cancel("a", CancelMode.CHECKPOINT, "me")).extracting(Job::id).containsExactly(third.id(), second.id());
    assertThat(fixture.queue.get(third.id()).state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void aComparisonStopsGoesOnAndLeavesItsReport() throws Exception {
    Map<String, Object> options = Map.of("optimizers", "adam,sgd", "seeds", "1,2");
    JobRequest request =
        new JobRequest(JobKind.COMPARE, null, Trainings.yaml(EPOCHS), options, null, null, null, null, null, null);
    Job job = fixture.queue.submit(request, null, "me").job();
    fixture.awaitEpoch(job.id(), 2);
    fixture.queue.cancel(job.id(), CancelMode.CHECKPOINT, "me");
    Job cancelled = fixture.awaitState(job.id(), State.CANCELLED);
    assertThat(cancelled.attempts()).singleElement().matches(attempt -> attempt.exitCode() == Outcome.STOPPED);
    assertThat(cancelled.resumable()).isTrue();
    fixture.queue.resume(job.id(), null, "me");
    Job done = fixture.awaitState(job.id(), State.SUCCEEDED);
    assertThat(done.failure()).isNull();
    assertThat(fixture.queue.folder(job.id()).run().resolve("report.html")).content().contains("<h1>small: adam and sgd</h1>");
    assertNamesNoFolder(job.id());
    assertThat(fixture.queue.folder(job.id()).run().resolve("results.csv")).content().contains("adam,1,finished")
        .contains("sgd,2,finished");
  }

  /** What a client reads of a job, but for the run folder's own provenance, says nothing of where the server's files lie. */
  private void assertNamesNoFolder(long id) throws IOException {
    JobFolder its = fixture.queue.folder(id);
    for (Path file : List.of(its.log(), its.events(), its.run().resolve("report.html"), its.run().resolve("results.md"))) {
      if (Files.exists(file)) {
        assertThat(Files.readString(file)).as(file.toString()).isNotEmpty()
            .doesNotContain(folder.toString(), folder.toRealPath().toString());
      }
    }
    assertThat(its.log()).content().doesNotContain("../");
  }

  @Test
  void oneThatFailsNamesItsDataByTheirPathBelowTheDataRoot() throws Exception {
    Files.writeString(fixture.data.resolve("table/broken.csv"), "a,b,target\n1,2,yes\n3,four,no\n");
    Job job = fixture.submit(Trainings.yaml(1).replace("train.csv", "broken.csv"));
    Job failed = fixture.awaitState(job.id(), State.FAILED);
    assertThat(failed.failure()).contains("table/broken.csv").doesNotContain(folder.toString());
    assertNamesNoFolder(job.id());
    JobRequest another =
        new JobRequest(null, null, Trainings.yaml(1), null, "table", null, null, null, null, null);
    Job second = fixture.queue.submit(another, null, "me").job();
    assertThat(fixture.awaitState(second.id(), State.FAILED).failure()).contains("'table'").doesNotContain(folder.toString());
  }

  @Test
  void aDataRootMayBeALink() throws Exception {
    fixture.close();
    Files.createDirectories(folder.resolve("elsewhere/deep/data"));
    Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("elsewhere/deep/data"));
    fixture = new QueueFixture(folder, folder.resolve("linked"), 1);
    Job job = fixture.submit(Trainings.yaml(1));
    assertThat(fixture.awaitState(job.id(), State.SUCCEEDED).failure()).isNull();
    assertNamesNoFolder(job.id());
  }

  @Test
  void epochsThatAJobCannotGoOnWithAreRefusedWhereTheyWereGiven() throws Exception {
    Job job = fixture.submit(Trainings.yaml(2) + "schedule: {name: constant}\n");
    fixture.awaitState(job.id(), State.SUCCEEDED);
    refusedEpochs(job, 2, "epochs is 2, and job 1 has done 2; give more");
    Job longer = fixture.queue.resume(job.id(), 3, "me");
    assertThat(fixture.awaitState(longer.id(), State.SUCCEEDED).position().epoch()).isEqualTo(3);
    Job spans = fixture.submit(Trainings.yaml(2) + "schedule: {name: cosine}\n");
    fixture.awaitState(spans.id(), State.SUCCEEDED);
    refusedEpochs(spans, 5, "schedule cosine", "ends with epoch 2");
    assertThat(fixture.queue.get(spans.id()).state()).isEqualTo(State.SUCCEEDED);
  }

  private void refusedEpochs(Job job, int epochs, String... says) {
    assertThatThrownBy(() -> fixture.queue.resume(job.id(), epochs, "me"))
        .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.field()).isEqualTo("epochs"))
        .hasMessageContainingAll(says);
  }

  @Test
  void aRepeatedRequestMakesOneJob() {
    JobRequest request = QueueFixture.own(Trainings.yaml(1), Map.of("epochs", 2));
    Jobs.Submission first = fixture.queue.submit(request, "key", "me");
    fixture.die();
    fixture.open();
    Jobs.Submission again = fixture.queue.submit(request, "key", "me");
    assertThat(again.created()).isFalse();
    assertThat(again.job().id()).isEqualTo(first.job().id());
    assertThat(fixture.queue.submit(request, "key", "you").created()).isTrue();
    assertThatThrownBy(() -> fixture.queue.submit(QueueFixture.own(Trainings.yaml(1), Map.of("epochs", 3)), "key", "me"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("'key' was used for another request");
  }

  @Test
  void theSameRequestManyTimesAtOnceMakesOneJob() {
    JobRequest request = QueueFixture.own(Trainings.yaml(1), null);
    List<Jobs.Submission> all =
        IntStream.range(0, 8).parallel().mapToObj(_ -> fixture.queue.submit(request, "key", "me")).toList();
    assertThat(all).extracting(submission -> submission.job().id()).containsOnly(1L);
    assertThat(all).filteredOn(Jobs.Submission::created).hasSize(1);
  }

  @Test
  void wrongRequestsAreRefusedWithTheirFieldAndLeaveNothing() throws IOException {
    Files.createSymbolicLink(fixture.data.resolve("out"), folder);
    refused("options.epochs", Map.of("epochs", 0), "epochs is 0");
    refused("options.epochs", Map.of("epochs", "many"), "'many' is no whole number");
    refused("options.run", Map.of("run", "/tmp/x"), "options.run is none that a job of kind train may set");
    refused("options.optimizer", Map.of("optimizer", "adamm"), "adamm");
    refused("options.schedule", Map.of("schedule", "cosine,finalFactor=7"), "finalFactor");
    refused(
        new JobRequest(JobKind.COMPARE, "fmnist_cnn", null, Map.of("optimizers", "adam,/etc/passwd"), null, null, null, null, null, null),
        "options.optimizers", "'/etc/passwd'");
    refusedYaml("/etc/passwd", "lies outside the data root");
    refusedYaml("../home/service.db", "lies outside the data root");
    refusedYaml("out/home", "lies outside the data root");
    refusedYaml("table/none.csv", "there is no 'table/none.csv' in the data root");
    refused(new JobRequest(null, null, null, null, null, null, null, null, null, null), "experiment", "there is no experiment");
    refused(new JobRequest(null, "fmnist_cn", null, null, null, null, null, null, null, null), "experiment", "experiment is 'fmnist_cn'");
    refused(new JobRequest(null, "fmnist_cnn", "name: x", null, null, null, null, null, null, null), "experimentYaml", "both there");
    refused(new JobRequest(null, null, "name: [", null, null, null, null, null, null, null), "experimentYaml", "experimentYaml");
    refused(new JobRequest(null, "fmnist_cnn", null, null, "../x", null, null, null, null, null), "dataset", "'../x'");
    refused(new JobRequest(null, "fmnist_cnn", null, null, "none", null, null, null, null, null), "dataset", "there is no 'none'");
    refused(new JobRequest(null, "fmnist_cnn", null, null, null, " ", null, null, null, null), "name", "name is ' '");
    refused(new JobRequest(null, "fmnist_cnn", null, null, null, null, List.of("a,b"), null, null, null), "labels", "'a,b'");
    refused(new JobRequest(null, "fmnist_cnn", null, null, null, null, null, 101, null, null), "priority", "priority is 101");
    refused(new JobRequest(null, "fmnist_cnn", null, null, null, null, null, null, 2, null), "devices", "devices is 2");
    refused(new JobRequest(null, "fmnist_cnn", null, null, null, null, null, null, null, "ptx:0:0"), "device", "'ptx:0:0'");
    assertThat(fixture.queue.list(Set.of(), null, null, 10).jobs()).isEmpty();
    assertThat(fixture.audit.page(null, 10).entries()).isEmpty();
  }

  private void refused(String field, Map<String, Object> options, String words) {
    refused(QueueFixture.own(Trainings.yaml(1), options), field, words);
  }

  private void refusedYaml(String path, String words) {
    refused(QueueFixture.own(Trainings.yaml(1).replace("table/train.csv", path), null), "experimentYaml", words);
  }

  private void refused(JobRequest request, String field, String words) {
    assertThatThrownBy(() -> fixture.queue.submit(request, null, "me"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.getMessage()).contains(words).doesNotContain("\n").doesNotContain("/tmp");
              assertThat(e.field()).isEqualTo(field);
            });
  }
}
