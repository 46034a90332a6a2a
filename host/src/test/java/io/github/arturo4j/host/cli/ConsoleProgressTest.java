// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is printed within an epoch, by a clock of the test's own. */
class ConsoleProgressTest {
  private final StringWriter out = new StringWriter();
  private long now = -Duration.ofDays(7).toNanos(); // any number may be a system's

  private ConsoleProgress progress(boolean terminal) {
    ConsoleProgress progress = new ConsoleProgress(new PrintWriter(out), 3, terminal, () -> now);
    progress.epochStarted(2, 2);
    return progress;
  }

  private void pass(ConsoleProgress progress, int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
    progress.working();
  }

  @Test
  void withoutATerminalALineAMinuteTellsWhereTheEpochIs() {
    ConsoleProgress progress = progress(false);
    pass(progress, 59);
    pass(progress, 1);
    pass(progress, 59);
    progress.stepDone(1, 0.5, 10);
    pass(progress, 500);
    progress.stepDone(2, 0.5, 10);
    pass(progress, 60);
    pass(progress, 59);
    assertThat(out.toString().lines().skip(1))
        .containsExactly(
            "epoch 2/3: step 0 of 2 is done", "epoch 2/3: step 1 of 2 is done", "epoch 2/3: evaluation");
  }

  @Test
  void onATerminalThereIsABarInstead() {
    try (ConsoleProgress progress = progress(true)) {
      pass(progress, 500);
      assertThat(out.toString()).startsWith("epoch   train loss").hasLineCount(1);
    }
  }

  @Test
  void nothingIsToldBeforeTheFirstEpoch() {
    ConsoleProgress progress = new ConsoleProgress(new PrintWriter(out), 3, false, () -> now);
    pass(progress, 500);
    assertThat(out.toString()).isEmpty();
  }
}
