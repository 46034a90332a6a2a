// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.store.StoredJob;
import java.util.Optional;

/**
 * What is to be done for work that a search has given out. It follows from what the search has recorded and what the database has of the
 * trial's job, so that it is the same after a restart, whichever of the two was written last.
 */
enum TrialStep {
  /** There is no job yet. */
  BEGIN,

  /** The job has come to the epochs of an earlier rung. */
  GO_ON,

  /** The job waits or runs. */
  AWAIT,

  /** The job has come to the epochs, and the search is to hear to what. */
  SCORE,

  /** The job has failed or was cancelled, and the search is to hear why. */
  FAIL;

  /**
   * That of a job.
   *
   * @param trial the trial's; nothing if it has none
   * @param epochs of the rung that it is to come to
   */
  static TrialStep of(Optional<StoredJob> trial, int epochs) {
    if (trial.isEmpty()) {
      return BEGIN;
    }
    if (trial.get().trial().untilEpoch() < epochs) {
      return GO_ON;
    }
    return switch (trial.get().state()) {
      case QUEUED, RUNNING, STOPPING -> AWAIT;
      case SUCCEEDED -> SCORE;
      case FAILED, CANCELLED -> FAIL;
    };
  }
}
