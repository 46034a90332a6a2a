// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.models.Weights;
import java.util.Map;

/**
 * All that the next steps of a training depend on, but what a {@link TrainingPlan} is made of.
 *
 * @param steps steps so far, from which dropout draws its random numbers
 * @param weights the network's parameters and running statistics
 * @param optimizer the optimizer's arrays, by its own names
 */
public record TrainingState(long steps, Weights weights, Map<String, float[]> optimizer) {}
