// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** What the threads of a work-group share: a barrier, and local arrays, which hold garbage at first. */
final class WorkGroup {
  private final List<Object> arrays = new ArrayList<>();
  private final int threads;
  private final boolean concurrent;
  private final List<Thread> waiting = new ArrayList<>();
  private volatile int generation;
  private boolean ended;
  private volatile boolean broken;

  /** A group whose threads run at the same time, or one after the other. */
  WorkGroup(int threads, boolean concurrent) {
    this.threads = threads;
    this.concurrent = concurrent;
  }

  /** Waits for all threads; fails, rather than wait for ever, if one of them has ended or does so. */
  void barrier() {
    if (!concurrent) {
      throw new TornadoRuntimeException(
          "a barrier must be called in the class of the kernel, not in another class that the kernel calls");
    }
    int mine = arrive();
    while (generation == mine && !broken) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new TornadoRuntimeException("interrupted at a barrier");
      }
    }
    if (generation == mine) {
      throw new TornadoRuntimeException("a thread of the work-group has ended before a barrier that others wait at");
    }
  }

  /** Counts this thread in, and wakes the others if it is the last; the generation it belongs to. */
  private synchronized int arrive() {
    int mine = generation;
    broken |= ended;
    if (waiting.size() + 1 == threads) {
      generation = mine + 1;
      wake();
    } else {
      waiting.add(Thread.currentThread());
    }
    return mine;
  }

  private void wake() {
    waiting.forEach(LockSupport::unpark);
    waiting.clear();
  }

  /** Called by each thread at its end. */
  synchronized void end() {
    ended = true;
    if (!waiting.isEmpty()) {
      broken = true;
      wake();
    }
  }

  /** The array of this place in the order of allocations, which is the same in each thread. */
  synchronized Object array(int ordinal, Class<?> type, int size) {
    if (ordinal == arrays.size()) {
      arrays.add(garbage(type, size));
    }
    return arrays.get(ordinal);
  }

  private static Object garbage(Class<?> type, int size) {
    Object array = Array.newInstance(type.getComponentType(), size);
    switch (array) {
      case float[] a -> Arrays.fill(a, Float.NaN);
      case double[] a -> Arrays.fill(a, Double.NaN);
      case int[] a -> Arrays.fill(a, 0x7fbadbad);
      case long[] a -> Arrays.fill(a, 0x7fbadbad7fbadbadL);
      case byte[] a -> Arrays.fill(a, (byte) 0x5a);
      default -> throw new IllegalArgumentException(type.getName());
    }
    return array;
  }
}
