// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.time.Duration;

/**
 * How slow a server may be before it is given up.
 *
 * @param answer time in which it must answer
 * @param time a time, in each of which some of the file must come
 * @param min how many bytes of it
 */
record Patience(Duration answer, Duration time, long min) {
  /** An answer in a minute, and then a kilobyte a second, over a minute. */
  static final Patience USUAL = new Patience(Duration.ofMinutes(1), Duration.ofMinutes(1), 60_000);

  /** A time, for a message. */
  static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
