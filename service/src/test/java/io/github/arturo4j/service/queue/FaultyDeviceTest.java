// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.Attempt;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.DeviceState;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices, one of which kills the processes that come to it. */
class FaultyDeviceTest {
  private static final String BAD = "0:0";
  private static final String GOOD = "0:1";

  /** Ends without a word on the bad device as long as that has not been mended; on any other as a command does that is done, if it may. */
  private static final String PROGRAM =
      """
      if grep -q -- "--device=0:0" "$1/order.json" && [ ! -e "$3" ]; then kill -9 $$; fi
      while [ -e "$4" ]; do sleep 0.05; done
      echo "{\\"attempt\\": $2, \\"exitCode\\": 0}" >"$1/new" && mv "$1/new" "$1/outcome.json"
      """;

  @TempDir Path folder;
  private QueueFixture fixture;

  @BeforeEach
  void open() throws IOException {
    List<DeviceInfo> devices = List.of(new DeviceInfo(BAD, "A GPU that crashes", 1), new DeviceInfo(GOOD, "Another GPU", 1));
    fixture =
        new QueueFixture(
            folder, folder.resolve("data"), devices,
            (job, attempt) ->
                List.of(
                    "sh", "-c", PROGRAM, "sh", job.path().toString(), Integer.toString(attempt), mended().toString(),
                    blocked().toString()));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Path mended() {
    return folder.resolve("mended");
  }

  private Path blocked() {
    return folder.resolve("blocked");
  }

  private static JobRequest request(String device) {
    return new JobRequest(null, "fmnist_cnn", null, null, null, null, null, null, null, device);
  }

  private Job ended(String device) throws InterruptedException {
    return fixture.await(fixture.queue.submit(request(device), null, "me").job().id(), job -> job.state().hasEnded());
  }

  private Device bad() {
    return fixture.queue.devices().getFirst();
  }

  private static List<String> slots(Job job) {
    return job.attempts().stream().map(Attempt::slots).map(List::getFirst).toList();
  }

  /** It is the first that is free, and would have all its processes. */
  @Test
  void isLeftByTheJobThatHasCrashedOnIt() throws Exception {
    Job job = ended(null);
    assertThat(job.state()).isEqualTo(State.SUCCEEDED);
    assertThat(slots(job)).containsExactly("0:0#0", "0:1#0");
  }

  @Test
  void isNotTakenAgainWhileTheOtherIsBusy() throws Exception {
    fixture.queue.drain(BAD, true, "me");
    Files.createFile(blocked());
    long other = fixture.queue.submit(request(null), null, "me").job().id();
    fixture.queue.drain(BAD, false, "me");
    long crashes = fixture.queue.submit(request(null), null, "me").job().id();
    Job waits = fixture.await(crashes, job -> job.state() == State.QUEUED && job.attempts().size() == 1);
    assertThat(waits.waitingFor()).isEqualTo("a device on which it has not crashed; all are busy");
    assertThat(slots(waits)).containsExactly("0:0#0");

    fixture.die();
    fixture.open();
    assertThat(fixture.queue.get(crashes).waitingFor()).isEqualTo("a device on which it has not crashed; all are busy");
    Files.delete(blocked());
    assertThat(fixture.await(other, job -> job.state().hasEnded()).state()).isEqualTo(State.SUCCEEDED);
    Job job = fixture.await(crashes, each -> each.state().hasEnded());
    assertThat(job.state()).isEqualTo(State.SUCCEEDED);
    assertThat(slots(job)).containsExactly("0:0#0", "0:1#0");
  }

  /** Whoever resumes a job may have mended the device, or know that it was the job. */
  @Test
  void getsAJobAgainThatWasResumed() throws Exception {
    fixture.queue.drain(GOOD, true, "me");
    Job failed = ended(null);
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(slots(failed)).containsExactly("0:0#0", "0:0#0", "0:0#0");
    fixture.queue.drain(GOOD, false, "me");
    fixture.queue.resume(failed.id(), null, "me");
    Job resumed = fixture.await(failed.id(), job -> job.state().hasEnded());
    assertThat(resumed.state()).isEqualTo(State.SUCCEEDED);
    assertThat(slots(resumed)).containsExactly("0:0#0", "0:0#0", "0:0#0", "0:0#0", "0:1#0");
  }

  /** Or the job would have crashed on both devices, and go on with the first. */
  @Test
  void aProcessThatSomebodyHasKilledHasNotCrashed() throws Exception {
    fixture.queue.drain(BAD, true, "me");
    Files.createFile(blocked());
    long id = fixture.queue.submit(request(null), null, "me").job().id();
    fixture.queue.cancel(id, CancelMode.NOW, "me");
    assertThat(fixture.await(id, job -> job.state().hasEnded()).state()).isEqualTo(State.CANCELLED);
    Files.delete(blocked());
    fixture.queue.drain(BAD, false, "me");
    fixture.queue.resume(id, null, "me");
    Job job = fixture.await(id, each -> each.state().hasEnded());
    assertThat(job.state()).isEqualTo(State.SUCCEEDED);
    assertThat(slots(job)).containsExactly("0:1#0", "0:0#0", "0:1#0");
  }

  @Test
  void getsNoMoreJobsAfterTwoHaveCrashedUntilSomebodySaysSo() throws Exception {
    Job first = ended(null);
    assertThat(first.state()).isEqualTo(State.SUCCEEDED);
    assertThat(slots(first)).containsExactly("0:0#0", "0:1#0");
    assertThat(bad().state()).as("it may have been the job").isEqualTo(DeviceState.AVAILABLE);

    Job second = ended(null);
    assertThat(second.state()).isEqualTo(State.SUCCEEDED);
    assertThat(slots(second)).containsExactly("0:0#0", "0:1#0");
    assertThat(bad().state()).isEqualTo(DeviceState.FAULTY);
    assertThat(bad().reason()).isEqualTo("the processes of 2 jobs have ended on it without a word");
    assertThat(slots(ended(null))).containsExactly("0:1#0");

    long waiting = fixture.queue.submit(request(BAD), null, "me").job().id();
    fixture.die();
    fixture.open();
    assertThat(fixture.queue.get(waiting).waitingFor()).isEqualTo("device 0:0, which is taken for faulty");

    Files.createFile(mended());
    Device undrained = fixture.queue.drain(BAD, false, "me");
    assertThat(undrained.state()).isEqualTo(DeviceState.AVAILABLE);
    assertThat(undrained.reason()).isNull();
    assertThat(fixture.await(waiting, job -> job.state().hasEnded()).state()).isEqualTo(State.SUCCEEDED);
    assertThat(bad().state()).isEqualTo(DeviceState.AVAILABLE);
  }

  /** Crashes count from the last job that has come to its end there. */
  @Test
  void aJobThatSucceedsOnItClearsIt() throws Exception {
    assertThat(ended(BAD).state()).isEqualTo(State.FAILED);
    Files.createFile(mended());
    assertThat(ended(BAD).state()).isEqualTo(State.SUCCEEDED);
    Files.delete(mended());
    assertThat(ended(BAD).state()).isEqualTo(State.FAILED);
    assertThat(bad().state()).isEqualTo(DeviceState.AVAILABLE);
  }
}
