// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * The threads of the JVM device: as many as the machine has processors, or {@code -Darturo.threads=N}. Which thread
 * does what depends on nothing but numbers, so results are the same in each run.
 */
public final class Workers {
  private static final int COUNT =
      Math.max(1, Integer.getInteger("arturo.threads", Runtime.getRuntime().availableProcessors()));
  private static final int SPINS = 20_000;
  private static final int SPINS_ALONE = 500;
  private static final int SPINS_OF_A_TURN = 64;
  private static final Thread[] THREADS = new Thread[COUNT - 1];
  private static final ThreadLocal<Boolean> BUSY = ThreadLocal.withInitial(() -> false);
  private static volatile Job current;

  static {
    for (int i = 0; i < THREADS.length; i++) {
      int worker = i + 1;
      THREADS[i] = Thread.ofPlatform().daemon().name("arturo-worker-" + worker).start(() -> serve(worker));
    }
  }

  private Workers() {}

  /**
   * Waits a little. The system may have put both who waits and who is waited for on one processor, where the one would spin all
   * its time away, a millisecond of a kernel that takes 50 µs: after a while it lets the other one run now and then.
   */
  private static void spin(int times) {
    if (times > SPINS_ALONE && times % SPINS_OF_A_TURN == 0) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
  }

  private static final class Job {
    final int tasks;
    final IntConsumer body;
    final Thread caller = Thread.currentThread();
    final AtomicInteger pending = new AtomicInteger(COUNT - 1);
    volatile Throwable failure;

    Job(int tasks, IntConsumer body) {
      this.tasks = tasks;
      this.body = body;
    }

    void share(int worker) {
      try {
        for (int task = worker; task < tasks; task += COUNT) {
          body.accept(task);
        }
      } catch (Throwable e) {
        failure = e;
      }
    }

    void finish() {
      if (pending.decrementAndGet() == 0) {
        LockSupport.unpark(caller);
      }
    }

    void await() {
      for (int spin = 0; pending.get() > 0; spin++) {
        if (spin < SPINS) {
          spin(spin);
        } else {
          LockSupport.park(this);
        }
      }
    }
  }

  /** Number of threads. */
  public static int count() {
    return COUNT;
  }

  /** The JVM device's name. It is here because with a TornadoVM SDK this class is there, and the device is not. */
  public static String deviceName() {
    return "JVM, " + COUNT + (COUNT == 1 ? " thread" : " threads");
  }

  /**
   * Runs {@code body} for each task from 0, and returns when all are done. Task t runs on thread t mod {@link #count}.
   * A call from within a task runs its tasks one after the other. What a task throws is thrown here, after all are done.
   */
  public static void parallel(int tasks, IntConsumer body) {
    if (COUNT == 1 || tasks <= 1 || BUSY.get()) {
      for (int task = 0; task < tasks; task++) {
        body.accept(task);
      }
      return;
    }
    synchronized (Workers.class) {
      Job job = new Job(tasks, body);
      current = job;
      for (Thread thread : THREADS) {
        LockSupport.unpark(thread);
      }
      BUSY.set(true);
      job.share(0);
      BUSY.set(false);
      job.await();
      current = null;
      switch (job.failure) {
        case null -> { }
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }

  private static void serve(int worker) {
    BUSY.set(true);
    Job done = null;
    int spin = 0;
    while (true) {
      Job job = current;
      if (job != null && job != done) {
        job.share(worker);
        done = job;
        job.finish();
        spin = 0;
      } else if (spin++ < SPINS) {
        spin(spin);
      } else {
        done = null; // holds no arrays while idle
        LockSupport.park();
        spin = 0;
        if (current == job) {
          done = job;
        }
      }
    }
  }
}
