// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How fast an optimizer's step is on its own.
 *
 * @param optimizer its name, with its mode where it has several
 * @param rate the KL bound, in nats, or learning rate
 * @param parameters how many it trains
 * @param bytesPerParameter what a step must move for a parameter
 * @param times of a step
 * @param pytorchSeconds PyTorch's median; null without it
 * @param filterGigabytesPerSecond how fast arTuRO's Hessian filter is alone; null of an optimizer without one, or where the device does
 *     not tell a task's time
 */
public record OptimizerSpeed(
    String optimizer, double rate, int parameters, int bytesPerParameter, Times times, Double pytorchSeconds,
    Double filterGigabytesPerSecond) {
  /** 10⁹ bytes a second of those that a step must move. */
  @JsonProperty
  public double gigabytesPerSecond() {
    return times.billions((double) parameters * bytesPerParameter);
  }

  /** How many times as long PyTorch takes; null without it. */
  @JsonProperty
  public Double pytorchByOurs() {
    return pytorchSeconds == null ? null : pytorchSeconds / times.medianSeconds();
  }
}
