// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How long the training part of an epoch took.
 *
 * @param model name of the network
 * @param optimizer its label
 * @param epoch counted from 1; compilation is in the first
 * @param images of the epoch
 * @param seconds of all steps
 * @param networkSeconds of these, forward and backward
 * @param optimizerSeconds of these, the optimizer; null where the device does not tell, and then it is in the network's
 * @param pytorchNetworkSeconds PyTorch's; null without it
 * @param pytorchOptimizerSeconds PyTorch's; null without it
 */
public record EpochSpeed(
    String model, String optimizer, int epoch, int images, double seconds, double networkSeconds, Double optimizerSeconds,
    Double pytorchNetworkSeconds, Double pytorchOptimizerSeconds) {
  /** The same beside PyTorch's seconds of network and optimizer. */
  EpochSpeed beside(double[] theirs) {
    return new EpochSpeed(model, optimizer, epoch, images, seconds, networkSeconds, optimizerSeconds, theirs[0], theirs[1]);
  }

  /** Images a second. */
  @JsonProperty
  public double imagesPerSecond() {
    return images / seconds;
  }

  /** PyTorch's seconds of an epoch; null without it. */
  @JsonProperty
  public Double pytorchSeconds() {
    return pytorchNetworkSeconds == null ? null : pytorchNetworkSeconds + pytorchOptimizerSeconds;
  }

  /** How many times as long PyTorch takes; null without it. */
  @JsonProperty
  public Double pytorchByOurs() {
    return pytorchNetworkSeconds == null ? null : pytorchSeconds() / seconds;
  }
}
