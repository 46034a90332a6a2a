// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

/**
 * A training step that was profiled.
 *
 * @param step number of the step in the run, from 0
 * @param wall nanoseconds the host waited for it
 * @param device what it took on the device
 */
public record StepProfile(long step, long wall, ExecutionProfile device) {}
