// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How long a training step takes, and how much of that is not the device's.
 *
 * @param model name of the network
 * @param optimizer its label
 * @param parameters of the network
 * @param batchSize examples of a step
 * @param microBatch examples whose gradients are computed at a time
 * @param replayed whether the step is recorded as CUDA graphs and replayed
 * @param times of a step
 * @param networkSeconds median of forward and backward
 * @param optimizerSeconds median of the optimizer; null where the device does not tell, and then it is in the network's
 * @param launches kernels that a step launches
 * @param graphs graphs of TornadoVM that a step executes
 * @param profile what of profiled steps is the host's; null where the backend does not tell
 * @param predictedSeconds what the device should need by its copy, its product and its launch; null where these were not measured
 * @param deviceBytes memory that the arrays take
 * @param pytorchNetworkSeconds PyTorch's; null without it
 * @param pytorchOptimizerSeconds PyTorch's; null without it
 */
public record StepSpeed(
    String model, String optimizer, int parameters, int batchSize, int microBatch, boolean replayed, Times times, double networkSeconds,
    Double optimizerSeconds, int launches, int graphs, StepBreakdown profile, Double predictedSeconds, long deviceBytes,
    Double pytorchNetworkSeconds, Double pytorchOptimizerSeconds) {
  /** Examples a second. */
  @JsonProperty
  public double examplesPerSecond() {
    return batchSize / times.medianSeconds();
  }

  /** PyTorch's seconds of a step; null without it. */
  @JsonProperty
  public Double pytorchSeconds() {
    return pytorchNetworkSeconds == null ? null : pytorchNetworkSeconds + pytorchOptimizerSeconds;
  }

  /** How many times as long PyTorch takes; null without it. */
  @JsonProperty
  public Double pytorchByOurs() {
    return pytorchNetworkSeconds == null ? null : pytorchSeconds() / times.medianSeconds();
  }

  /** How many times as long it takes as it should; null without a prediction. */
  @JsonProperty
  public Double measuredByPredicted() {
    return predictedSeconds == null ? null : times.medianSeconds() / predictedSeconds;
  }
}
