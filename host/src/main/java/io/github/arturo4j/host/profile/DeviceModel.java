// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.kernels.graph.Cost;

/**
 * A device as a roofline: a task takes as long as its memory traffic or its arithmetic, whichever is longer, and a
 * launch; Williams, Waterman, Patterson, "Roofline", CACM 52(4), 2009.
 *
 * @param bandwidth 10⁹ bytes a second
 * @param peak 10⁹ floating-point operations a second
 * @param launch microseconds that a task costs whatever it does
 */
public record DeviceModel(double bandwidth, double peak, double launch) {
  /** Checks the numbers. */
  public DeviceModel {
    if (!(bandwidth > 0) || !(peak > 0) || !(launch >= 0)) {
      throw new InputException(
          "a device needs a bandwidth and a peak above 0 and a launch time of at least 0, not " + bandwidth + " GB/s, "
              + peak + " GFLOP/s and " + launch + " µs");
    }
  }

  /** Microseconds of a task. */
  public double micros(Cost cost) {
    return Math.max(cost.bytes() / bandwidth, cost.flops() / peak) * 1e-3 + launch;
  }
}
