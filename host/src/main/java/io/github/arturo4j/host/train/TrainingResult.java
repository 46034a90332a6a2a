// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.models.plan.TrainingState;
import java.util.List;

/**
 * Where a training has ended.
 *
 * @param position where it stands
 * @param finished whether all its epochs are done, or those it was to end after; otherwise it was asked to stop
 * @param state what it has come to: its weights among others
 * @param rows of the epochs that were finished in this part of the training, those before it not among them
 */
public record TrainingResult(TrainingPosition position, boolean finished, TrainingState state, List<EpochRow> rows) {
  /** Keeps the rows as they are. */
  public TrainingResult {
    rows = List.copyOf(rows);
  }
}
