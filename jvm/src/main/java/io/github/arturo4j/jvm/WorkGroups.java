// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.concurrent.atomic.AtomicReference;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Runs a kernel with a {@code KernelContext}, one work-group after the other. */
final class WorkGroups {
  private static final int GREATEST_GROUP = 64;

  private final TaskCode code;
  private final Object[] arguments;
  private final int context;
  private final int[] globalSize = new int[3];
  private final int[] localSize = new int[3];

  WorkGroups(TaskCode code, Object[] arguments, int context, WorkerGrid grid) {
    this.code = code;
    this.arguments = arguments;
    this.context = context;
    for (int d = 0; d < 3; d++) {
      globalSize[d] = Math.toIntExact(grid.getGlobalWork()[d]);
      localSize[d] = grid.getLocalWork() == null ? choose(globalSize[d], d) : (int) grid.getLocalWork()[d];
      if (localSize[d] <= 0 || globalSize[d] % localSize[d] != 0) {
        throw new TornadoRuntimeException(
            "its grid of " + globalSize[d] + " threads is no multiple of its group of " + localSize[d]);
      }
    }
  }

  private static int choose(int threads, int dimension) {
    int size = dimension == 0 ? Math.min(threads, GREATEST_GROUP) : 1;
    while (threads % size != 0) {
      size--;
    }
    return size;
  }

  void run() {
    for (int z = 0; z < globalSize[2] / localSize[2]; z++) {
      for (int y = 0; y < globalSize[1] / localSize[1]; y++) {
        for (int x = 0; x < globalSize[0] / localSize[0]; x++) {
          run(new int[] {x, y, z});
        }
      }
    }
  }

  private void run(int[] groupId) {
    int threads = localSize[0] * localSize[1] * localSize[2];
    if (!code.barriers()) {
      WorkGroup group = new WorkGroup(threads, false);
      for (int i = 0; i < threads; i++) {
        run(group, groupId, i);
      }
      return;
    }
    WorkGroup group = new WorkGroup(threads, true);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread[] running = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      int item = i;
      running[i] =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      run(group, groupId, item);
                    } catch (Throwable e) {
                      failure.compareAndSet(null, e);
                    } finally {
                      group.end();
                    }
                  });
    }
    for (Thread thread : running) {
      join(thread);
    }
    switch (failure.get()) {
      case null -> { }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TornadoRuntimeException("interrupted");
    }
  }

  private void run(WorkGroup group, int[] groupId, int i) {
    int[] localId = {i % localSize[0], i / localSize[0] % localSize[1], i / (localSize[0] * localSize[1])};
    Object[] own = arguments.clone();
    own[context] = new WorkItem(group, groupId, localId, localSize, globalSize).context();
    code.runOnce(own);
  }
}
