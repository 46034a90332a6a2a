// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.cli.Main;
import io.github.arturo4j.service.Trainings;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches as jobs, with processes that train. */
class TuneJobTest {
  @TempDir Path folder;

  /** Epochs of the last rung. */
  private static final int EPOCHS = 60;

  private static Job submit(QueueFixture fixture, String yaml, int trials) {
    JobRequest request =
        new JobRequest(
            JobKind.TUNE, null, yaml, Map.of("trials", trials, "min-epochs", 20), null, null, List.of("mine"), 70, null, null);
    return fixture.queue.submit(request, null, "eva").job();
  }

  private static String yaml() {
    return Trainings.yaml(EPOCHS) + "search:\n  batchSize: [32, 64, 128]\n  optimizer.klBound: {min: 0.01, max: 0.2, scale: log}\n";
  }

  @Test
  void itsTrialsRunOnAllSlotsAtOnceAndItLeavesItsReport() throws Exception {
    try (QueueFixture fixture = new QueueFixture(folder, 2)) {
      Job job = submit(fixture, yaml(), 3);
      assertThat(job.state()).isEqualTo(State.RUNNING);
      assertThat(fixture.queue.devices().getFirst().busy()).as("it reads its data without a device").isZero();
      Job both = fixture.await(job.id(), now -> now.search() != null && now.search().running() == 2 || now.failure() != null);
      assertThat(both.search().trials()).isEqualTo(3);
      assertThat(fixture.queue.devices().getFirst().busy()).isEqualTo(2);
      List<Job> first = fixture.queue.trials(job.id());
      assertThat(first).hasSize(2).allMatch(trial -> trial.state() == State.RUNNING && trial.priority() == 70)
          .allMatch(trial -> trial.submittedBy().equals("eva") && trial.labels().equals(List.of("tune-" + job.id())));
      assertThat(first.getFirst().trial().values()).contains("batchSize").contains("klBound");
      List<String> early = earlyReport(fixture, job.id());
      Job done = fixture.awaitState(job.id(), State.SUCCEEDED);
      assertThat(done.failure()).isNull();
      assertThat(report(fixture, job.id(), "results.md")).as("the command is the one that its last process tells")
          .contains(early.getLast());
      assertThat(done.attempts()).hasSize(2).allMatch(attempt -> attempt.slots().isEmpty() && attempt.exitCode() == 0);
      assertThat(done.search().begun()).isEqualTo(3);
      assertThat(done.search().running()).isZero();
      List<Job> trials = fixture.queue.trials(job.id());
      assertThat(trials).hasSize(3).allMatch(trial -> trial.state() == State.SUCCEEDED && trial.trial().score() != null);
      Job best = fixture.queue.get(done.search().best().job());
      assertThat(best.trial().score()).isEqualTo(done.search().best().value());
      assertThat(best.trial().untilEpoch()).isEqualTo(EPOCHS);
      assertThat(trials.stream().filter(trial -> trial.attempts().size() == 2)).as("one goes on").hasSize(1);
      Path run = fixture.queue.folder(job.id()).run();
      assertThat(run.toFile().list()).contains("best.yaml", "report.html", "results.csv", "results.md", "runs");
      assertThat(fixture.queue.folder(best.id()).run()).isEqualTo(run.resolve("runs/00" + best.trial().number()))
          .isDirectoryContaining("glob:**/model.safetensors");
      assertThat(fixture.queue.folder(job.id()).log()).content()
          .contains("Tuning small: ", "Trial 1/3 up to epoch 20: batchSize", "Best: trial " + best.trial().number());
      assertThat(fixture.queue.list(Set.of(), null, null, 10).jobs()).extracting(Job::id).containsExactly(job.id());
      assertThat(fixture.queue.list(Set.of(), "tune-" + job.id(), null, 10).jobs()).hasSize(3);
      refusals(fixture, job, best);
      fixture.queue.delete(job.id(), "eva");
      assertThat(fixture.home.resolve("jobs").toFile().list()).isEmpty();
    }
  }

  private static String report(QueueFixture fixture, long id, String name) throws IOException {
    return Files.readString(fixture.queue.folder(id).run().resolve(name));
  }

  /** What there is to read of a search as soon as its first trial has ended; the lines of results.md. */
  private static List<String> earlyReport(QueueFixture fixture, long id) throws Exception {
    Job scored = fixture.await(id, now -> now.search().best() != null || now.failure() != null);
    assertThat(scored.attempts()).as("no process has written it").hasSize(1);
    List<List<String>> csv = report(fixture, id, "results.csv").lines().map(line -> List.of(line.split(",", -1))).toList();
    int column = csv.getFirst().indexOf("best_validation_accuracy");
    assertThat(csv.stream().filter(row -> row.getFirst().equals("" + scored.search().best().trial())))
        .singleElement()
        .satisfies(row -> assertThat(Double.parseDouble(row.get(column))).isCloseTo(scored.search().best().value(), within(1e-6)));
    assertThat(report(fixture, id, "report.html")).contains("The search is not over: ", " of 20 epochs");
    assertThat(report(fixture, id, "best.yaml")).contains(" so far: trial " + scored.search().best().trial());
    List<String> lines = report(fixture, id, "results.md").lines().filter(line -> line.contains("arturo tune")).toList();
    assertThat(lines).hasSize(1);
    return lines;
  }

  private static void refusals(QueueFixture fixture, Job job, Job trial) {
    String is = "job " + trial.id() + " is trial " + trial.trial().number() + " of job " + job.id();
    refused(is + "; delete that one", () -> fixture.queue.delete(trial.id(), "eva"));
    refused(is + "; resume that one", () -> fixture.queue.resume(trial.id(), null, "eva"));
    refused("is a search, which keeps its epochs", () -> fixture.queue.resume(job.id(), 100, "eva"));
    refused("has tried all that it was to try", () -> fixture.queue.resume(job.id(), null, "eva"));
  }

  private static void refused(String words, Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(RefusedException.class).hasMessageContaining(words);
  }

  /** Whatever becomes of the server and of the search, one slot comes to what the command comes to. */
  @Test
  void oneSlotComesToWhatTheCommandComesToAlsoIfItIsInterrupted() throws Exception {
    Path plain = plain();
    try (QueueFixture fixture = new QueueFixture(folder, 1)) {
      Job job = submit(fixture, yaml(), 3);
      fixture.die(); // while its data are read
      fixture.open();
      fixture.await(job.id(), now -> now.search() != null && now.search().running() == 1 || now.failure() != null);
      fixture.die(); // while a trial trains
      fixture.open();
      Job again = fixture.await(job.id(), now -> now.search().begun() == 2 || now.failure() != null);
      assertThat(again.attempts()).hasSize(1);
      Job other = fixture.submit(Trainings.yaml(1));
      assertThat(fixture.queue.cancel(job.id(), CancelMode.CHECKPOINT, "eva").state()).isIn(State.STOPPING, State.CANCELLED);
      Job cancelled = fixture.awaitState(job.id(), State.CANCELLED);
      assertThat(cancelled.resumable()).isTrue();
      assertThat(cancelled.cancelledBy()).isEqualTo("eva");
      fixture.awaitState(other.id(), State.SUCCEEDED);
      assertThat(fixture.queue.resume(job.id(), null, "eva").state()).isEqualTo(State.RUNNING);
      Job done = fixture.awaitState(job.id(), State.SUCCEEDED);
      Path run = fixture.queue.folder(job.id()).run();
      assertThat(run.resolve("search.log")).hasSameTextualContentAs(plain.resolve("search.log"));
      assertThat(run.resolve("results.csv")).hasSameTextualContentAs(plain.resolve("results.csv"));
      assertThat(found(run)).isEqualTo(found(plain));
      assertThat(fixture.queue.trials(job.id())).hasSize(3);
      assertThat(done.search().best().trial()).isPositive();
    }
  }

  /** The search by the command. */
  private Path plain() throws IOException {
    Path yaml = Files.writeString(folder.resolve("small.yaml"), yaml());
    Path out = folder.resolve("plain");
    Path data = Trainings.data(folder.resolve("plain-data"));
    int code =
        Main.commandLine("tune")
            .execute("tune", yaml.toString(), "--trials", "3", "--min-epochs", "20", "--data", data.resolve("table/train.csv").toString(),
                "--out", out.toString());
    assertThat(code).isZero();
    return out;
  }

  /** The experiment that was found, without the line that says by which command, and where its data are. */
  private static List<String> found(Path run) throws IOException {
    return Files.readAllLines(run.resolve("best.yaml")).stream().filter(line -> !line.startsWith("# Found by")).toList();
  }

  @Test
  void oneWhoseTrialsAllFailHasFailed() throws Exception {
    try (QueueFixture fixture = new QueueFixture(folder, 2)) {
      String yaml = Trainings.yaml(2) + "search:\n  batchSize: [16]\n  microBatch: [64]\n";
      JobRequest request = new JobRequest(JobKind.TUNE, null, yaml, Map.of("trials", 2), null, null, null, null, null, null);
      Job job = fixture.queue.submit(request, null, "me").job();
      Job failed = fixture.awaitState(job.id(), State.FAILED);
      assertThat(failed.failure()).startsWith("all 2 trials failed, the first: microBatch");
      assertThat(failed.search().failed()).isEqualTo(2);
      assertThat(fixture.queue.trials(job.id())).as("values that do not fit together are no job's").isEmpty();
    }
  }

  @Test
  void wrongRequestsAreRefusedWithTheirField() throws IOException {
    try (QueueFixture fixture = new QueueFixture(folder, 1)) {
      refused(fixture, Map.of("trials", 0), "options.trials", "trials is 0");
      refused(fixture, Map.of("min-epochs", 99), "options.min-epochs", "minEpochs is 99");
      refused(fixture, Map.of("method", "grid"), "options.method", "grid");
      refused(fixture, Map.of("evaluate-at", "3"), "options.evaluate-at", "options.evaluate-at is none");
      assertThat(fixture.queue.list(Set.of(), null, null, 10).jobs()).isEmpty();
    }
  }

  private static void refused(QueueFixture fixture, Map<String, Object> options, String field, String words) {
    JobRequest request = new JobRequest(JobKind.TUNE, null, yaml(), options, null, null, null, null, null, null);
    assertThatThrownBy(() -> fixture.queue.submit(request, null, "me"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.getMessage()).containsIgnoringCase(words).doesNotContain("\n");
            });
  }
}
