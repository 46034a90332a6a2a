// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.service.Trainings;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.process.Mpirun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs for several devices, whose processes mpirun starts; skipped where there is none. */
class SeveralDevicesTest {
  private static final int MANY = 100_000;

  @TempDir Path folder;

  @BeforeEach
  void mpirunIsThere() {
    assumeTrue(Mpirun.find().isPresent(), "there is no mpirun");
  }

  private static JobRequest request(int epochs) {
    return new JobRequest(null, null, Trainings.yaml(epochs), null, null, null, null, null, 2, null);
  }

  private static String log(QueueFixture fixture, long id) throws IOException {
    return Files.readString(fixture.queue.folder(id).log());
  }

  @Test
  void aProcessForEachTrainsItsShare() throws Exception {
    try (QueueFixture fixture = new QueueFixture(folder, 2)) {
      long id = fixture.queue.submit(request(3), null, "me").job().id();
      Job done = fixture.awaitState(id, State.SUCCEEDED);
      assertThat(done.failure()).isNull();
      assertThat(log(fixture, id)).contains(", 2 ranks: ").containsOnlyOnce("Done: ");
      assertThat(RunReader.rows(fixture.queue.folder(id).run())).hasSize(3);
    }
  }

  @Test
  void stopsWithACheckpointAndGoesOn() throws Exception {
    try (QueueFixture fixture = new QueueFixture(folder, 2)) {
      long id = fixture.queue.submit(request(MANY), null, "me").job().id();
      fixture.awaitEpoch(id, 2);
      fixture.queue.cancel(id, CancelMode.CHECKPOINT, "me");
      Job cancelled = fixture.awaitState(id, State.CANCELLED);
      assertThat(cancelled.resumable()).isTrue();
      assertThat(log(fixture, id)).containsOnlyOnce("Stopped in epoch ");
      int epochs = RunReader.rows(fixture.queue.folder(id).run()).size();
      fixture.queue.resume(id, null, "me");
      fixture.awaitEpoch(id, epochs + 2);
      fixture.queue.cancel(id, CancelMode.NOW, "me");
      fixture.awaitState(id, State.CANCELLED);
      assertThat(log(fixture, id)).containsOnlyOnce("Going on in epoch ");
    }
  }

  /** Whichever of its processes dies, the others end, and all begin again. */
  @Test
  void goesOnWhenAProcessHasDied() throws Exception {
    try (QueueFixture fixture = new QueueFixture(folder, 2)) {
      long id = fixture.queue.submit(request(MANY), null, "me").job().id();
      Job running = fixture.awaitEpoch(id, 2);
      List<ProcessHandle> ranks =
          ProcessHandle.of(running.attempts().getFirst().pid()).orElseThrow().descendants()
              .filter(each -> each.info().command().orElse("").endsWith("java"))
              .toList();
      assertThat(ranks).hasSize(2);
      ranks.getLast().destroyForcibly();
      fixture.await(id, job -> job.attempts().size() == 2);
      for (ProcessHandle rank : ranks) {
        rank.onExit().get(60, TimeUnit.SECONDS);
      }
      int epochs = RunReader.rows(fixture.queue.folder(id).run()).size();
      fixture.awaitEpoch(id, epochs + 2);
      fixture.queue.cancel(id, CancelMode.NOW, "me");
      fixture.awaitState(id, State.CANCELLED);
    }
  }
}
