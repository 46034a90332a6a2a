// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void everyTaskRunsOnce() {
    for (int tasks : new int[] {0, 1, 2, 13, 207}) {
      AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
      Workers.parallel(tasks, runs::incrementAndGet);
      for (int i = 0; i < tasks; i++) {
        assertThat(runs.get(i)).isEqualTo(1);
      }
    }
  }

  @Test
  void manyShortJobsAfterPausesLoseNothing() throws InterruptedException {
    AtomicIntegerArray runs = new AtomicIntegerArray(1);
    for (int i = 0; i < 3000; i++) {
      Workers.parallel(5, _ -> runs.incrementAndGet(0));
      if (i % 500 == 0) {
        Thread.sleep(20); // the workers park
      }
    }
    assertThat(runs.get(0)).isEqualTo(15_000);
  }

  @Test
  void callsFromTasksAndFromOtherThreadsWork() {
    AtomicIntegerArray runs = new AtomicIntegerArray(1);
    Thread[] callers = new Thread[4];
    for (int i = 0; i < callers.length; i++) {
      callers[i] =
          Thread.ofPlatform().start(() -> Workers.parallel(10, _ -> Workers.parallel(10, _ -> runs.incrementAndGet(0))));
    }
    for (Thread caller : callers) {
      assertThat(joined(caller)).isTrue();
    }
    assertThat(runs.get(0)).isEqualTo(400);
  }

  private static boolean joined(Thread thread) {
    try {
      return thread.join(java.time.Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFailureReachesTheCallerAndThePoolSurvives() {
    for (int bad = 0; bad < 4; bad++) {
      int failing = bad;
      assertThatThrownBy(
              () ->
                  Workers.parallel(
                      4,
                      task -> {
                        if (task == failing) {
                          throw new IllegalArgumentException("task " + task);
                        }
                      }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("task " + bad);
    }
    everyTaskRunsOnce();
  }

  @Test
  void rangesCoverEachIterationOnceOnVectorBoundaries() {
    for (int workers = 1; workers < 9; workers++) {
      for (int size : new int[] {0, 1, 7, 1023, 1024, 4099}) {
        int next = 3;
        for (int worker = 0; worker < workers; worker++) {
          assertThat(Ranges.from(3, 3 + size, worker, workers)).isEqualTo(next);
          next = Ranges.to(3, 3 + size, worker, workers);
          assertThat(size < 1024 || worker == workers - 1 || (next - 3) % 16 == 0).isTrue();
        }
        assertThat(next).isEqualTo(3 + size);
      }
    }
    assertThat(Ranges.to(5, 2, 0, 2)).isEqualTo(5);
  }
}
