// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.profile.ProfileSummary;

/**
 * What of a step's time is the device's and what the host's: means of profiled steps.
 *
 * @param steps how many were profiled
 * @param wallSeconds that the host waited for a step
 * @param kernelSeconds of all kernels on the device
 * @param transferSeconds of copies to and from the device
 * @param hostSeconds what is left: starting kernels and copies, waiting, the host's own work
 * @param dispatchSeconds of these, what the driver took to start kernels and copies; 0 where the backend does not tell
 * @param bytesToDevice that are copied in a step
 * @param bytesToHost that are copied in a step
 */
public record StepBreakdown(
    int steps, double wallSeconds, double kernelSeconds, double transferSeconds, double hostSeconds, double dispatchSeconds,
    double bytesToDevice, double bytesToHost) {
  private static final double MICRO = 1e-6;

  static StepBreakdown of(ProfileSummary summary) {
    double kernels = summary.tasks().stream().mapToDouble(ProfileSummary.Task::micros).sum();
    return new StepBreakdown(
        summary.steps(), summary.wall() * MICRO, kernels * MICRO, summary.transfers() * MICRO, summary.host() * MICRO,
        summary.dispatch() * MICRO, summary.bytesIn(), summary.bytesOut());
  }
}
