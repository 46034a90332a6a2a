// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.arturo4j.host.io.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Pushes what a training tells to a server, in a thread of its own. What may succeed later is tried again, until the training has
 * ended; what the server refuses is not. A full queue loses the newest values.
 */
final class MlflowPusher {
  private static final int QUEUE = 10_000;
  private static final long GATHER_MILLIS = 1_000;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long MAX_PAUSE_MILLIS = 30_000;

  private final MlflowApi api;
  private final MlflowRun run;
  private final Consumer<String> known;
  private final Consumer<IOException> failed;
  private final InstantSource clock;
  private final BlockingQueue<MlflowBatch.Metric> queue = new ArrayBlockingQueue<>(QUEUE);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("mlflow").daemon().unstarted(this::push);
  private volatile String status;

  /** The last step that the run had a value of when it was gone on with, for each metric. */
  private Map<String, Long> before = Map.of();

  /** A request. */
  private interface Request<T> {
    T send() throws IOException, InterruptedException;
  }

  /** Nothing more is tried. */
  private static final class GivenUp extends Exception {
    private static final long serialVersionUID = 1;
  }

  /**
   * Of a training.
   *
   * @param known takes the run's id, in the pusher's thread
   * @param failed takes why a request failed, each time, in the pusher's thread
   */
  MlflowPusher(MlflowApi api, MlflowRun run, Consumer<String> known, Consumer<IOException> failed, InstantSource clock) {
    this.api = api;
    this.run = run;
    this.known = known;
    this.failed = failed;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /** Takes a value, without waiting. */
  void add(MlflowBatch.Metric metric) {
    queue.offer(metric);
  }

  /**
   * The training has ended; what is left is pushed, each request tried once more.
   *
   * @param how MLflow's word for it
   * @param patience how long that is waited for
   * @return whether all was done by then, or given up
   */
  boolean end(String how, Duration patience) throws InterruptedException {
    status = how;
    ended.countDown();
    boolean done = thread.join(patience);
    if (!done) {
      thread.interrupt();
    }
    api.close();
    return done;
  }

  private void push() {
    try {
      String id = retried(this::open);
      try {
        for (ObjectNode params : id.equals(run.known()) ? List.<ObjectNode>of() : MlflowBatch.params(run.params())) {
          retried(() -> log(id, params));
        }
        pushMetrics(id);
      } catch (GivenUp e) {
        ended.await(); // how it has ended may still be taken
      }
      retried(() -> update(id, status, clock.millis()));
    } catch (GivenUp e) {
      // It was told of each failure.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Goes on with the run that is known, or makes one. */
  private String open() throws IOException, InterruptedException {
    if (run.known() != null) {
      try {
        update(run.known(), "RUNNING", null);
        before = api.lastSteps(run.known());
        return run.known();
      } catch (MlflowException e) {
        if (!e.is(MlflowApi.MISSING)) {
          throw e;
        }
      }
    }
    String made = api.createRun(api.experiment(run.experiment()), run.name(), run.tags(), run.start());
    known.accept(made);
    return made;
  }

  private void pushMetrics(String id) throws GivenUp, InterruptedException {
    boolean last;
    do {
      last = ended.await(GATHER_MILLIS, TimeUnit.MILLISECONDS);
      List<MlflowBatch.Metric> batch = new ArrayList<>();
      while (queue.drainTo(batch, MlflowBatch.MAX_METRICS) > 0) {
        batch.removeIf(this::isThere);
        if (!batch.isEmpty()) {
          ObjectNode body = MlflowBatch.metrics(batch);
          retried(() -> log(id, body));
          batch.clear();
        }
      }
    } while (!last);
  }

  /** Whether a process before has pushed it: after a kill, steps that it had made are made again. */
  private boolean isThere(MlflowBatch.Metric metric) {
    return metric.step() <= before.getOrDefault(metric.key(), -1L);
  }

  private Void log(String id, ObjectNode body) throws IOException, InterruptedException {
    api.logBatch(id, body);
    return null;
  }

  private Void update(String id, String how, Long end) throws IOException, InterruptedException {
    api.updateRun(id, how, end);
    return null;
  }

  /** What a request brings; if it fails for a while only, it is tried again, with longer and longer pauses. */
  private <T> T retried(Request<T> request) throws GivenUp, InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      boolean last = ended.getCount() == 0;
      try {
        return request.send();
      } catch (IOException e) {
        failed.accept(e);
        if (last || e instanceof MlflowException refused && !refused.isPassing()) {
          throw new GivenUp();
        }
      }
      ended.await(pause, TimeUnit.MILLISECONDS);
      pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
    }
  }

  /** Why a request failed, as the end of a line. */
  static String words(IOException failure) {
    return Reason.of(failure);
  }
}
