// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.run.Diagnosis;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.models.plan.TrainingState;
import java.util.List;

/**
 * What an epoch has brought.
 *
 * @param row its losses, metrics and times
 * @param state after its last step
 * @param precision of each parameter after its last step; empty if the optimizer has none
 * @param diagnoses how the optimizer fared in its last step, in each group; none of one without a trust region
 */
public record EpochResult(EpochRow row, TrainingState state, float[] precision, List<Diagnosis> diagnoses) {}
