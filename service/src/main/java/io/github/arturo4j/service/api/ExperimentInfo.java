// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/**
 * A built-in experiment.
 *
 * @param name by which a job asks for it
 * @param model its network
 * @param dataset its data
 * @param optimizer its own
 * @param epochs passes over the training set
 * @param batchSize examples of a step
 * @param seed of weights, order, augmentation and dropout
 */
public record ExperimentInfo(
    String name, String model, String dataset, String optimizer, int epochs, int batchSize, long seed) {}
