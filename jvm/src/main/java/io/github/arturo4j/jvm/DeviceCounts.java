// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the JVM device has prepared since the process began. A plan does it until its first execution, and nothing of it
 * in the later ones; this is how a test knows.
 */
public final class DeviceCounts {
  private static final AtomicLong TASKS = new AtomicLong();
  private static final AtomicLong BUFFERS = new AtomicLong();

  private DeviceCounts() {}

  static void task() {
    TASKS.incrementAndGet();
  }

  static void buffer() {
    BUFFERS.incrementAndGet();
  }

  /** Tasks whose code was made ready to run. */
  public static long tasks() {
    return TASKS.get();
  }

  /** Arrays that were allocated in the memory of the device. */
  public static long buffers() {
    return BUFFERS.get();
  }
}
