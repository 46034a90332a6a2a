// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.host.io.OperationException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Rank 0 of a command that trains, be it the only one: it reads the experiment and the run folder, prints, writes and serves, and
 * tells the other ranks, each of which is a {@link RankFollower}, what to train.
 */
public final class RankLeader {
  private final Collective ranks;
  private boolean amidst;

  /** The leader of these ranks. */
  public RankLeader(Collective ranks) {
    this.ranks = ranks;
  }

  /** All ranks. */
  public Collective ranks() {
    return ranks;
  }

  /**
   * Trains on all ranks.
   *
   * @param training this one's part of it
   * @throws OperationException if another rank cannot; its line says why
   */
  TrainingResult train(Supplier<RankTask> task, Supplier<TrainingResult> training) {
    if (ranks.size() == 1) {
      return training.get();
    }
    ranks.broadcast(task.get().bytes());
    List<String> failures = RankAgreement.lines(ranks, "");
    for (int rank = 0; rank < failures.size(); rank++) {
      if (!failures.get(rank).isEmpty()) {
        throw new OperationException("rank " + rank + " cannot train: " + failures.get(rank));
      }
    }
    amidst = true;
    try {
      TrainingResult result = training.get();
      amidst = false;
      return result;
    } catch (DivergedException | CommonFailure e) {
      amidst = false; // as on all others
      throw e;
    }
  }

  /**
   * Ends the other ranks, which exit with that code as well; at once, this one included, if a training has failed here whose next
   * step they wait for.
   */
  public void end(int exitCode) {
    if (amidst) {
      ranks.abort(exitCode);
    } else if (ranks.size() > 1) {
      ranks.broadcast(RankTask.end(exitCode));
    }
  }
}
