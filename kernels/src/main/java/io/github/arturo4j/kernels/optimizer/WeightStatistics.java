// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

/**
 * What an optimizer knows of each weight, n values each.
 *
 * @param curvature the estimated second derivative of the loss
 * @param rate by how much the last step moved a weight for each unit of its estimated gradient: a learning rate of its own
 */
public record WeightStatistics(float[] curvature, float[] rate) {}
