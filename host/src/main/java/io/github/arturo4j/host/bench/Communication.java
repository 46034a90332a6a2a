// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.CollectiveMeters;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingStart;
import java.io.PrintWriter;
import java.util.Locale;

/** What several ranks of a training cost beside the computation: the first one's time with the others, bytes, and its memory. */
final class Communication implements TrainingListener {
  private final Collective ranks;
  private final String heading;
  private final PrintWriter out;
  private CollectiveMeters begun = CollectiveMeters.NONE;
  private CollectiveMeters now = CollectiveMeters.NONE;

  /**
   * That of a training.
   *
   * @param heading of the lines that follow, printed when it begins: behind what each of several ranks keeps
   */
  Communication(Collective ranks, String heading, PrintWriter out) {
    this.ranks = ranks;
    this.heading = heading;
    this.out = out;
  }

  @Override
  public void started(TrainingStart start) {
    if (ranks.size() > 1) {
      String state = start.plan().isStateDivided() ? "its share of the optimizer's state" : "all of the optimizer's state";
      out.printf(Locale.ROOT, "  each rank has %.1f MB on its device, with %s%n", start.deviceBytes() * 1e-6, state);
    }
    out.println(heading);
  }

  @Override
  public void epochStarted(int epoch, int steps) {
    begun = ranks.meters();
  }

  /** What follows the last step, as the gathering of a state for a checkpoint, is not counted. */
  @Override
  public void stepDone(int step, double seconds, int images) {
    now = ranks.meters();
  }

  /** Prints an epoch's. */
  void print() {
    if (ranks.size() > 1) {
      out.printf(Locale.ROOT, " %15.3f %10.1f", now.seconds() - begun.seconds(), (now.bytes() - begun.bytes()) * 1e-6);
    }
  }
}
