// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.run.JudgingSet;
import io.github.arturo4j.models.metric.Accuracy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is printed within an epoch, by a clock of the test's own. */
class ConsoleListenerTest {
  private final StringWriter out = new StringWriter();
  private long now = -Duration.ofDays(7).toNanos(); // any number may be a system's

  private ConsoleListener listener(boolean terminal) {
    ConsoleListener listener = new ConsoleListener(new PrintWriter(out), 3, List.of(new Accuracy()), JudgingSet.test, terminal, () -> now);
    listener.epochStarted(2, 2);
    return listener;
  }

  private void pass(ConsoleListener listener, int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
    listener.evaluating();
  }

  @Test
  void withoutATerminalALineAMinuteTellsWhereTheEpochIs() {
    ConsoleListener listener = listener(false);
    pass(listener, 59);
    pass(listener, 1);
    pass(listener, 59);
    listener.stepDone(1, 0.5, 10);
    pass(listener, 0);
    now += Duration.ofMinutes(8).toNanos();
    listener.stepDone(1, 0.5, 10);
    listener.stepDone(2, 0.5, 10);
    pass(listener, 60);
    pass(listener, 59);
    assertThat(out.toString().lines().skip(1))
        .containsExactly(
            "epoch 2/3: step 0 of 2 is done", "epoch 2/3: step 1 of 2 is done", "epoch 2/3: evaluation");
  }

  @Test
  void onATerminalThereIsABarInstead() {
    ConsoleListener listener = listener(true);
    try {
      pass(listener, 500);
      assertThat(out.toString()).startsWith("epoch   train loss").hasLineCount(1);
    } finally {
      listener.failed(new IllegalStateException());
    }
  }
}
