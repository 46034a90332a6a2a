// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.CollectiveMeters;
import io.github.arturo4j.host.train.TrainingStart;
import java.io.PrintWriter;
import java.util.Locale;

/** What several ranks of a training cost beside the computation: the first one's time with the others, bytes, and its memory. */
final class Communication {
  private final Collective ranks;
  private CollectiveMeters begun = CollectiveMeters.NONE;
  private CollectiveMeters now = CollectiveMeters.NONE;

  Communication(Collective ranks) {
    this.ranks = ranks;
  }

  /** The training begins; prints what a rank keeps. Nothing of a single process. */
  void begin(TrainingStart start, PrintWriter out) {
    if (ranks.size() > 1) {
      String state = start.plan().isStateDivided() ? "its share of the optimizer's state" : "all of the optimizer's state";
      out.printf(Locale.ROOT, "  each rank has %.1f MB on its device, with %s%n", start.deviceBytes() * 1e-6, state);
    }
  }

  /** The steps of an epoch begin. */
  void epochStarted() {
    begun = ranks.meters();
  }

  /** A step of it is done; what follows the last one, as the gathering of a state for a checkpoint, is not counted. */
  void stepDone() {
    now = ranks.meters();
  }

  /** Prints an epoch's. */
  void print(PrintWriter out) {
    if (ranks.size() > 1) {
      out.printf(Locale.ROOT, " %15.3f %10.1f", now.seconds() - begun.seconds(), (now.bytes() - begun.bytes()) * 1e-6);
    }
  }
}
