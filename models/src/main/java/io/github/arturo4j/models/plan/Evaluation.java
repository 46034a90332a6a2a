// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

/**
 * How a network does on a set of images, dropout off.
 *
 * @param loss mean cross-entropy, in nats
 * @param accuracy share of right classifications, 0 to 1
 * @param images how many there were
 */
public record Evaluation(double loss, double accuracy, int images) {}
