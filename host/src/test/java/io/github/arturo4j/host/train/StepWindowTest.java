// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.models.plan.TrainingMetrics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When steps are told of, by a clock of the test's own. */
class StepWindowTest {
  private final StepWindow window = new StepWindow();
  private long now = Long.MAX_VALUE - Duration.ofMillis(700).toNanos(); // a clock that runs over

  private StepMeans step(int step, int millis) {
    now += Duration.ofMillis(millis).toNanos();
    window.stepDone(millis * 1e-3);
    if (!window.isDue(now)) {
      return null;
    }
    window.add(new TrainingMetrics(6, 3, 2));
    return window.tell(4, step, 8, now);
  }

  @Test
  void theFirstOfAnEpochIsToldThenOneInHalfASecond() {
    window.epochStarted();
    assertThat(step(1, 250)).isEqualTo(new StepMeans(4, 1, 8, 2, 0.25, 8));
    assertThat(step(2, 250)).isNull();
    assertThat(step(3, 249)).isNull();
    StepMeans third = step(4, 1);
    assertThat(third.step()).isEqualTo(4);
    assertThat(third.seconds()).isEqualTo(0.5 / 3);
    assertThat(third.examplesPerSecond()).as("those that the plan has summed up").isEqualTo(4);
    assertThat(third.stepsOfTraining()).isEqualTo(28);
    assertThat(step(5, 100)).isNull();
    window.epochStarted();
    assertThat(step(1, 100).seconds()).as("that of the step that was not told of, too").isEqualTo(0.1);
  }

  @Test
  void theLossIsThatOfAllExamplesSinceItWasTold() {
    window.epochStarted();
    step(1, 1000);
    window.add(new TrainingMetrics(30, 1, 1)); // at the end of an epoch
    window.epochStarted();
    assertThat(step(1, 1000).loss()).isEqualTo(9);
    assertThat(step(2, 1000).loss()).isEqualTo(2);
  }
}
