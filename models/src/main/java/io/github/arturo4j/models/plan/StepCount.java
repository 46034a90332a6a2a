// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

/**
 * What a training step of a full batch consists of.
 *
 * @param launches kernels
 * @param graphs graphs of TornadoVM
 */
record StepCount(int launches, int graphs) {}
