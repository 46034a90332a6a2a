// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

/**
 * What the steps of a training have come to since listeners were told last.
 *
 * @param epoch of the last of these steps, from 1
 * @param step steps of that epoch that are done
 * @param steps of the whole epoch
 * @param loss mean of an example, or of a position, in these steps, each with the parameters and the dropout of its step
 * @param seconds mean wall time of a step
 * @param examplesPerSecond of these steps
 */
public record StepMeans(int epoch, int step, int steps, double loss, double seconds, double examplesPerSecond) {
  /** Steps of the whole training that are done. */
  public long stepsOfTraining() {
    return (epoch - 1L) * steps + step;
  }
}
