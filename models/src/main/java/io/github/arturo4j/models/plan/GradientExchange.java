// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.Shares;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
  private final Arena arena = Arena.ofShared();
  private final MemorySegment floats;

  /**
   * An exchange.
   *
   * @param own this rank's part of the gradient, n values
   * @param sum takes that of the batch, n values
   * @param buffers running statistics of this rank's examples, which become the mean of all ranks'; null if there are none
   */
  GradientExchange(Collective ranks, FloatArray own, FloatArray sum, FloatArray buffers) {
    this.ranks = ranks;
    this.own = own;
    this.sum = sum;
    this.buffers = buffers;
    int size = Math.max(own.getSize(), buffers == null ? 0 : buffers.getSize());
    floats = arena.allocate(ValueLayout.JAVA_FLOAT, size);
  }

  /** Adds up the gradients that a step's section has computed, and averages the running statistics. */
  void exchange(TornadoExecutionResult step) {
    step.transferToHost(own);
    sum(own, sum, 1);
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
    int size = from.getSize();
    for (int i = 0; i < size; i++) {
      floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, from.get(i));
    }
    ranks.sum(floats, Shares.of(size, ranks.size()));
    for (int i = 0; i < size; i++) {
      to.set(i, factor * floats.getAtIndex(ValueLayout.JAVA_FLOAT, i));
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
