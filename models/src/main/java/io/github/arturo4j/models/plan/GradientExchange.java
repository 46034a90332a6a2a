// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.Shares;
import io.github.arturo4j.kernels.nn.BatchNormKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the ranks of a training exchange in a step: from device to host, over the network, and back. Buckets of the gradient but the last
 * are added up on a thread of their own, while the device computes the next. Where a device's memory can be given to MPI as it is, as a
 * CUDA-aware one takes it, this is the place to do so.
 */
final class GradientExchange implements AutoCloseable {
  private final Collective ranks;
  private final FloatArray sum;
  private final FloatArray moves;
  private final FloatArray running;
  private final ParameterShare share;
  private final Shares shares;
  private final RankBuffer gradient;
  private final RankBuffer statistics;
  private final ExecutorService beside;
  private final List<Future<?>> begun = new ArrayList<>();
  private int microBatches;

  /**
   * An exchange.
   *
   * @param sum takes the gradient of the batch, n values
   * @param moves what this rank's examples add to running statistics, and is sent to the device with every micro-batch; null if there
   *     are none
   * @param running the running statistics, which those of one rank move behind those of the other, as in a process that has all examples
   *     in micro-batches
   * @param share which takes its part of the sum instead; null where each rank has all
   */
  GradientExchange(Collective ranks, FloatArray sum, FloatArray moves, FloatArray running, ParameterShare share) {
    this.ranks = ranks;
    this.sum = sum;
    this.moves = moves;
    this.running = running;
    this.share = share;
    shares = share == null ? Shares.of(sum.getSize(), ranks.size()) : share.shares();
    gradient = share == null ? new RankBuffer(shares.total()) : share.buffer();
    statistics = moves == null ? null : new RankBuffer(Math.multiplyExact(moves.getSize() + 1, ranks.size()));
    beside =
        ranks.anyThread() ? Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("arturo-exchange").factory()) : null;
  }

  /**
   * Takes this rank's part of a bucket from the device, and adds it up.
   *
   * @param step the section that has computed it
   * @param values of the bucket
   */
  void add(TornadoExecutionResult step, Bucket bucket, FloatArray values) {
    step.transferToHost(values);
    gradient.put(bucket.from(), values);
    Runnable addUp = () -> ranks.reduceScatter(gradient.floats(), shares, bucket.from(), bucket.to());
    if (bucket.from() > 0) {
      begun.add(beside.submit(addUp));
    } else {
      await();
      addUp.run();
    }
  }

  private void await() {
    try {
      for (Future<?> one : begun) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while gradients were added up", e);
    } finally {
      begun.clear();
    }
  }

  /** Behind the last bucket: gives all ranks the sums where each has all. */
  void end() {
    if (share == null) {
      ranks.allGather(gradient.floats(), shares);
      gradient.get(0, sum);
    } else {
      share.takeGradients();
    }
  }

  /**
   * Takes from the device what a micro-batch has added to running statistics.
   *
   * @param last whether it is the rank's last of the step, behind which all ranks' move the running statistics
   */
  void move(TornadoExecutionResult microBatch, boolean last) {
    if (moves == null) {
      return;
    }
    microBatch.transferToHost(moves);
    microBatches++;
    if (last) {
      moveAll();
      moves.init(0);
      microBatches = 0;
    }
  }

  private void moveAll() {
    int row = moves.getSize() + 1;
    int own = ranks.rank() * row;
    statistics.put(own, moves);
    statistics.put(own + moves.getSize(), new float[] {microBatches});
    ranks.allGather(statistics.floats(), new Shares(row * ranks.size(), ranks.size(), row));
    float[] all = statistics.get(row * ranks.size());
    for (int i = 0; i < running.getSize(); i++) {
      float moved = running.get(i);
      for (int rank = 0; rank < ranks.size(); rank++) {
        for (int kept = 0; kept < all[rank * row + moves.getSize()]; kept++) {
          moved = BatchNormKernels.kept(moved);
        }
        moved += all[rank * row + i];
      }
      running.set(i, moved);
    }
  }

  @Override
  public void close() {
    if (beside != null) {
      beside.shutdown();
    }
  }
}
