// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.inspect.ExecutionProfile;
import java.util.List;

/**
 * Divides the time of training steps, each of which is one execution of one graph, into the network's and the
 * optimizer's share. The time is the host's clock's, of every step; the shares are those of the kernels' times on the
 * device (in the first execution, of their compilation, too) in the last step that was profiled. Transfers and the
 * host's own time are divided in the same proportion.
 */
final class StepClock {
  /** From here on, one execution in as many is profiled: what TornadoVM keeps of it is 20 bytes a step. */
  private static final int RARELY = 1024;

  private final List<GraphTask> tasks;
  private long executions;
  private double optimizerShare = Double.NaN;
  private double networkNanos;
  private double optimizerNanos;

  /** A clock for steps with these tasks. */
  StepClock(List<GraphTask> tasks) {
    this.tasks = tasks;
  }

  /** Whether the next execution should be profiled: the 1st, 2nd, 4th, 8th, … 1024th, 2048th, 3072th, … */
  boolean isDue() {
    long next = executions + 1;
    return next % RARELY == 0 || next < RARELY && Long.bitCount(next) == 1;
  }

  /** Whether nothing was executed yet. */
  boolean isFresh() {
    return executions == 0;
  }

  /** The next execution is over, and this is what it took on the device. */
  void profiled(ExecutionProfile profile) {
    long all = 0;
    long optimizer = 0;
    for (GraphTask task : tasks) {
      long time = profile.timeOf(task.name());
      all += time;
      optimizer += task.phase() == Phase.OPTIMIZER ? time : 0;
    }
    if (all > 0) {
      optimizerShare = (double) optimizer / all;
    }
  }

  /** An execution took that long. */
  void add(long nanos) {
    executions++;
    if (Double.isNaN(optimizerShare)) {
      networkNanos += nanos;
    } else {
      networkNanos += nanos * (1 - optimizerShare);
      optimizerNanos += nanos * optimizerShare;
    }
  }

  /** Seconds of the network; of everything where the shares are not known. */
  double networkSeconds() {
    return networkNanos * 1e-9;
  }

  /** Seconds of the optimizer; NaN where its share is not known. */
  double optimizerSeconds() {
    return Double.isNaN(optimizerShare) && executions > 0 ? Double.NaN : optimizerNanos * 1e-9;
  }
}
