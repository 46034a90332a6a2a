// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.GraphTask;

/**
 * A device as a roofline: a task takes as long as its memory traffic or its arithmetic, whichever is longer, and a
 * launch; Williams, Waterman, Patterson, "Roofline", CACM 52(4), 2009. Of a device whose numbers have been measured; a data sheet's no
 * kernel reaches, see {@link GpuModel}.
 *
 * @param bandwidth 10⁹ bytes a second
 * @param peak 10⁹ floating-point operations a second
 * @param launch microseconds that a task costs whatever it does
 */
public record DeviceModel(double bandwidth, double peak, double launch) implements TimeModel {
  /** Checks the numbers. */
  public DeviceModel {
    if (!(bandwidth > 0) || !(peak > 0) || !(launch >= 0)) {
      throw new InputException(
          "a device needs a bandwidth and a peak above 0 and a launch time of at least 0, not " + bandwidth + " GB/s, "
              + peak + " GFLOP/s and " + launch + " µs");
    }
  }

  @Override
  public double micros(GraphTask task) {
    return micros(task.cost().orElse(Cost.NONE));
  }

  /** Microseconds of a task of that cost. */
  double micros(Cost cost) {
    return Math.max(cost.bytes() / bandwidth, cost.flops() / peak) * 1e-3 + launch;
  }
}
