// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.process.Outcome;
import io.github.arturo4j.service.store.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a job whose process has ended. */
class VerdictTest {
  private static final Instant NOW = Instant.EPOCH.plusSeconds(1000);
  private static final StoredJob RUNS = PlanTest.job(7, 50, 1, null).running(Instant.EPOCH.plusSeconds(10));

  private static Optional<Outcome> exit(int code, String failure) {
    return Optional.of(new Outcome(1, code, failure));
  }

  @Test
  void aSearchWhoseFolderIsMadeGoesOnWithoutAProcessUnlessItWasCancelled() {
    assertThat(Verdict.ofSearch(RUNS, NOW).job().state()).isEqualTo(State.RUNNING);
    StoredJob cancelled = Verdict.ofSearch(RUNS.stopping(CancelMode.CHECKPOINT, "me"), NOW).job();
    assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
    assertThat(cancelled.cancelledBy()).isEqualTo("me");
  }

  @Test
  void aJobThatIsDoneHasSucceededAlsoIfSomebodyWasAboutToCancelIt() {
    assertThat(Verdict.of(RUNS, exit(0, null), true, NOW).job().state()).isEqualTo(State.SUCCEEDED);
    StoredJob late = Verdict.of(RUNS.stopping(CancelMode.CHECKPOINT, "me"), exit(0, null), true, NOW).job();
    assertThat(late.state()).isEqualTo(State.SUCCEEDED);
    assertThat(late.cancelledBy()).isNull();
  }

  @Test
  void whatWasCancelledSaysByWhom() {
    for (Optional<Outcome> outcome : List.of(exit(Outcome.STOPPED, null), Optional.<Outcome>empty())) {
      StoredJob job = Verdict.of(RUNS.stopping(CancelMode.CHECKPOINT, "me"), outcome, false, NOW).job();
      assertThat(job.state()).isEqualTo(State.CANCELLED);
      assertThat(job.cancelledBy()).isEqualTo("me");
      assertThat(job.ended()).isEqualTo(NOW);
    }
  }

  @Test
  void aFailureKeepsItsLineAndIsNotTriedAgain() {
    StoredJob job = Verdict.of(RUNS, exit(3, "the loss is not finite"), true, NOW).job();
    assertThat(job.state()).isEqualTo(State.FAILED);
    assertThat(job.failure()).isEqualTo("the loss is not finite");
    assertThat(Verdict.of(RUNS, exit(2, null), true, NOW).job().failure()).isEqualTo("exit code 2; see the log");
    StoredJob failing = RUNS.stopping(CancelMode.CHECKPOINT, "me");
    assertThat(Verdict.of(failing, exit(1, "no room"), false, NOW).job().state()).isEqualTo(State.FAILED);
  }

  @Test
  void oneThatSomebodyElseHasStoppedGoesOnAtItsOldPlaceInTheQueue() {
    StoredJob job = Verdict.of(RUNS, exit(Outcome.STOPPED, null), false, NOW).job();
    assertThat(job.state()).isEqualTo(State.QUEUED);
    assertThat(job.queued()).isEqualTo(RUNS.queued());
    assertThat(job.crashes()).isZero();
  }

  @Test
  void threeCrashesInARowWithoutProgressAreTheEnd() {
    Verdict first = Verdict.of(RUNS, Optional.empty(), false, NOW);
    assertThat(first.crashed()).isTrue();
    assertThat(first.job().state()).isEqualTo(State.QUEUED);
    Verdict second = Verdict.of(first.job().running(NOW), Optional.empty(), false, NOW);
    assertThat(second.job().state()).isEqualTo(State.QUEUED);
    Verdict third = Verdict.of(second.job().running(NOW), Optional.empty(), false, NOW);
    assertThat(third.job().state()).isEqualTo(State.FAILED);
    assertThat(third.job().failure()).contains("3 times in a row");
    Verdict further = Verdict.of(second.job().running(NOW), Optional.empty(), true, NOW);
    assertThat(further.job().state()).isEqualTo(State.QUEUED);
    assertThat(further.job().crashes()).isEqualTo(1);
  }
}
