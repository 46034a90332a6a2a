// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.models.plan.TrainingState;

/**
 * All that going on with a training needs, besides its configuration and its data.
 *
 * @param position where it stands
 * @param state what the next step depends on
 */
public record Checkpoint(TrainingPosition position, TrainingState state) {}
