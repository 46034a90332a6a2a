// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private final BlockingQueue<String> late = new LinkedBlockingQueue<>();

  @Test
  void tellsOnceOfACallThatIsTooLong() throws InterruptedException {
    try (Watchdog watchdog = new Watchdog(Duration.ofMillis(50), late::add)) {
      watchdog.begin("short");
      watchdog.end();
      watchdog.begin("long");
      assertThat(late.poll(30, TimeUnit.SECONDS)).isEqualTo("long");
      assertThat(late.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  @Test
  void overlooksACallWhenItIsPatient() throws InterruptedException {
    try (Watchdog watchdog = new Watchdog(Duration.ofMillis(50), late::add)) {
      watchdog.patient(true);
      watchdog.begin("waits for work");
      assertThat(late.poll(200, TimeUnit.MILLISECONDS)).isNull();
      watchdog.end();
      watchdog.patient(false);
      watchdog.begin("long");
      assertThat(late.poll(30, TimeUnit.SECONDS)).isEqualTo("long");
    }
  }

  @Test
  void isQuietBetweenCallsAndWhenClosed() throws InterruptedException {
    Watchdog watchdog = new Watchdog(Duration.ofMillis(20), late::add);
    watchdog.begin("ended");
    watchdog.end();
    assertThat(late.poll(200, TimeUnit.MILLISECONDS)).isNull();
    watchdog.close();
    watchdog.begin("after the end");
    assertThat(late.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }
}
