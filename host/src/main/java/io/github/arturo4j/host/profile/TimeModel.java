// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import io.github.arturo4j.kernels.graph.GraphTask;

/** A model of a device: how long it should take for a task. */
public interface TimeModel {
  /** Microseconds of a task; one whose cost is not known is a launch. */
  double micros(GraphTask task);

  /** 10⁹ floating-point operations a second at most. */
  double peak();

  /** What of the peak so many operations in so many microseconds are, from 0 to 1. */
  default double efficiency(long flops, double micros) {
    return flops * 1e-3 / (micros * peak());
  }
}
