// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.models.Network;

/**
 * A training step that is timed.
 *
 * @param network what is trained
 * @param loss by which
 * @param optimizer with its rate
 * @param batchSize examples of a step
 * @param microBatch examples whose gradients are computed at a time
 * @param replayed whether the step is recorded as CUDA graphs and replayed
 */
public record StepCase(Network network, Loss loss, OptimizerConfig optimizer, int batchSize, int microBatch, boolean replayed) {
  /** One of whole batches, launched kernel by kernel. */
  public StepCase(Network network, Loss loss, OptimizerConfig optimizer, int batchSize) {
    this(network, loss, optimizer, batchSize, batchSize, false);
  }

  /** The same, replayed. */
  public StepCase replays() {
    return new StepCase(network, loss, optimizer, batchSize, microBatch, true);
  }

  /** What is timed, in words. */
  public String label() {
    return network.name() + ", " + optimizer.label() + (microBatch < batchSize ? " by " + microBatch : "") + (replayed ? ", replayed" : "");
  }
}
