// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.plan.TrainingPlan;

/**
 * What a training begins with, or goes on with.
 *
 * @param network what is trained
 * @param position where it stands
 * @param steps of an epoch
 * @param hasPrecision whether the optimizer has a precision of each parameter
 * @param plan what makes the steps, to have them {@linkplain TrainingPlan#profile profiled} for instance; a listener makes
 *     none itself
 * @param deviceBytes device memory that the arrays of training and evaluation take
 */
public record TrainingStart(
    Network network, TrainingPosition position, int steps, boolean hasPrecision, TrainingPlan plan, long deviceBytes) {}
