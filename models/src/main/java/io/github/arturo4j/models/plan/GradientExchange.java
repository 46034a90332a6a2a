// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.Shares;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the ranks of a training exchange in a step: from device to host, over the network, and back. Where a device's memory can be
 * given to MPI as it is, as a CUDA-aware one takes it, this is the place to do so.
 */
final class GradientExchange implements AutoCloseable {
  private final Collective ranks;
  private final FloatArray own;
  private final FloatArray sum;
  private final FloatArray buffers;
  private final ParameterShare share;
  private final RankBuffer buffer;

  /**
   * An exchange.
   *
   * @param own this rank's part of the gradient, n values
   * @param sum takes that of the batch, n values
   * @param buffers running statistics of this rank's examples, which become the mean of all ranks'; null if there are none
   * @param share which takes its part of the sum instead; null where each rank has all
   */
  GradientExchange(Collective ranks, FloatArray own, FloatArray sum, FloatArray buffers, ParameterShare share) {
    this.ranks = ranks;
    this.own = own;
    this.sum = sum;
    this.buffers = buffers;
    this.share = share;
    buffer = new RankBuffer(Math.max(share == null ? own.getSize() : 0, buffers == null ? 0 : buffers.getSize()));
  }

  /** Adds up the gradients that a step's section has computed, and averages the running statistics. */
  void exchange(TornadoExecutionResult step) {
    step.transferToHost(own);
    if (share == null) {
      sum(own, sum, 1);
    } else {
      share.reduce(own);
    }
    if (buffers != null) {
      step.transferToHost(buffers);
      sum(buffers, buffers, 1f / ranks.size());
    }
  }

  /** Keeps the running statistics of a micro-batch for the next one, to which they are sent. */
  void keepBuffers(TornadoExecutionResult microBatch) {
    if (buffers != null) {
      microBatch.transferToHost(buffers);
    }
  }

  private void sum(FloatArray from, FloatArray to, float factor) {
    buffer.put(0, from);
    ranks.sum(buffer.floats(), Shares.of(from.getSize(), ranks.size()));
    buffer.get(0, factor, to);
  }

  @Override
  public void close() {
    buffer.close();
  }
}
