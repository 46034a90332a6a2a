// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.arturo4j.service.Trainings;
import io.github.arturo4j.service.api.Attempt;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.DeviceState;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.process.Mpirun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several jobs at a time on the slots of a device, with processes that train. */
class SharedDevicesTest {
  @TempDir Path folder;

  private static JobRequest request(int priority, int devices) {
    return new JobRequest(null, null, Trainings.yaml(3), null, null, null, null, priority, devices, null);
  }

  /** Two slots, six jobs of different priorities, one of which wants both. */
  @Test
  void noSlotHasTwoJobsAndNobodyStarves() throws Exception {
    assumeTrue(Mpirun.find().isPresent(), "there is no mpirun, which starts the job for two");
    try (QueueFixture fixture = new QueueFixture(folder, 2)) {
      List<Job> told = new CopyOnWriteArrayList<>();
      fixture.queue.watch(
          change -> {
            if (change instanceof Change.OfJob(Job job)) {
              told.add(job);
            }
          });
      List<Long> jobs = new ArrayList<>();
      int[] priorities = {50, 50, 10, 70, 90, 50};
      for (int i = 0; i < priorities.length; i++) {
        jobs.add(fixture.queue.submit(request(priorities[i], i == 3 ? 2 : 1), null, "me").job().id());
      }
      for (long id : jobs) {
        assertThat(fixture.awaitState(id, State.SUCCEEDED).failure()).isNull();
      }
      List<Job> done = jobs.stream().map(fixture.queue::get).toList();
      assertThat(done.get(3).attempts().getFirst().slots()).containsExactlyInAnyOrder("jvm#0", "jvm#1");
      for (Job one : done) {
        for (Job other : done) {
          Set<String> common = new HashSet<>(one.attempts().getFirst().slots());
          common.retainAll(other.attempts().getFirst().slots());
          assertThat(one.id() == other.id() || common.isEmpty() || areApart(one.attempts().getFirst(), other.attempts().getFirst()))
              .as("jobs %d and %d", one.id(), other.id())
              .isTrue();
        }
      }
      // Of those that had to wait: the highest priority first, and the one that wants both before those behind it.
      List<Long> begun = done.stream().sorted(Comparator.comparing(Job::began)).map(Job::id).toList();
      assertThat(begun).containsSubsequence(jobs.get(4), jobs.get(3), jobs.get(5), jobs.get(2));
      assertThat(told).anyMatch(job -> job.id() == jobs.get(5) && "a device, behind job 4, which waits for 2".equals(job.waitingFor()));
    }
  }

  private static boolean areApart(Attempt one, Attempt other) {
    return !one.began().isBefore(other.ended()) || !other.began().isBefore(one.ended());
  }

  @Test
  void aDrainedDeviceEndsWhatItHasAndTakesNothingNew() throws Exception {
    try (QueueFixture fixture = new QueueFixture(folder, 1)) {
      long first = fixture.submit(Trainings.yaml(100_000)).id();
      assertThat(fixture.queue.drain("jvm", true, "me").state()).isEqualTo(DeviceState.DRAINED);
      long second = fixture.submit(Trainings.yaml(1)).id();
      assertThat(fixture.queue.get(first).state()).isEqualTo(State.RUNNING);
      fixture.awaitEpoch(first, 1);
      fixture.queue.cancel(first, CancelMode.CHECKPOINT, "me");
      fixture.awaitState(first, State.CANCELLED);
      assertThat(fixture.queue.get(second).waitingFor()).isEqualTo("a device, but none takes jobs");
      fixture.die();
      fixture.open();
      assertThat(fixture.queue.get(second).state()).isEqualTo(State.QUEUED);
      fixture.queue.drain("jvm", false, "me");
      fixture.awaitState(second, State.SUCCEEDED);
    }
  }

  /** What crashes again and again without getting further ends; what ends has said so. */
  @Test
  void aCrashLoopEndsAfterThreeTimesWithoutProgress() throws Exception {
    try (QueueFixture fixture = new QueueFixture(folder, 1)) {
      long id = fixture.submit(Trainings.yaml(100_000)).id();
      for (int crash = 1; crash <= 3; crash++) {
        int attempts = crash;
        Job job = fixture.await(id, now -> now.attempts().size() == attempts && now.attempts().getLast().pid() != null);
        ProcessHandle.of(job.attempts().getLast().pid()).orElseThrow().destroyForcibly();
      }
      Job failed = fixture.awaitState(id, State.FAILED);
      assertThat(failed.attempts()).hasSize(3);
      assertThat(failed.failure()).contains("3 times in a row");
      assertThat(fixture.queue.devices().getFirst().state()).isEqualTo(DeviceState.AVAILABLE);
    }
  }
}
