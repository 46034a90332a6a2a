// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.Launch;

/**
 * How long a GPU should take for a task, from how the task is launched: predictions, of which none has been measured.
 *
 * <p>A task takes as long as the longest of
 *
 * <ul>
 *   <li>its memory traffic, at {@value #REACHED} of the data sheet's bandwidth,
 *   <li>its arithmetic, at the peak,
 *   <li>of a product or a sum of parts, see {@link Launch}, its work-groups on the busiest processor,
 * </ul>
 *
 * and a launch. For the last of these, a group keeps the processor busy with a tile for as many cycles as the longest of its
 * multiply-adds, its traffic with local memory, and all of its instructions, each at the processor's rate (for bounds like these see
 * Volkov, "Understanding Latency Hiding on GPUs", 2016). Memory answers after {@value #LATENCY} cycles, the second-level cache, where
 * the parts of a sum still are, after {@value #CACHED_LATENCY}. With the next tile loaded ahead, a group on its own takes no less for a
 * tile; without, it waits as long for each. The busiest processor has ⌈groups / processors⌉ groups, of which registers, local memory
 * and threads let some be there at a time. It takes as long as it is busy with all of their tiles, but no less than a group takes on its
 * own, as often as others come in their place.
 *
 * <p>Not modelled: caches (what the tasks before have left there comes faster; factors that groups read again count once), bank
 * conflicts and values that neighbouring threads load together, AMD's instructions of other kinds that begin beside arithmetic, NVIDIA's
 * integer arithmetic at half the rate on some, the end of a kernel where few groups are left, clocks that sink under load, what the host
 * and the driver take.
 */
public record GpuModel(Gpu gpu) implements TimeModel {
  /** Cycles from a load to its value: about what NVIDIA's large GPUs take for memory when it is busy. */
  static final double LATENCY = 800;

  /** The same of what the task before has just written: about what large GPUs' second-level caches, of tens of megabytes, take. */
  static final double CACHED_LATENCY = 300;

  /** Of a data sheet's bandwidth, what large copies reach: published measurements are between 0.8 and 0.92. */
  static final double REACHED = 0.85;

  /** Registers of a thread are given out in as many. */
  private static final int REGISTERS = 8;

  @Override
  public double micros(GraphTask task) {
    Cost cost = task.cost().orElse(Cost.NONE);
    double roofline = Math.max(cost.bytes() / (REACHED * gpu.bandwidth()), cost.flops() / gpu.peak());
    double groups = task.launch().map(launch -> cycles(launch) / gpu.clock()).orElse(0.0);
    return Math.max(roofline, groups) * 1e-3 + gpu.launch();
  }

  @Override
  public double peak() {
    return gpu.peak();
  }

  /** Cycles until the busiest processor is through with its groups. */
  double cycles(Launch launch) {
    double tile = tile(launch);
    double latency = launch.multiplyAdds() == 0 ? CACHED_LATENCY : LATENCY;
    double alone = launch.ahead() ? latency + launch.tiles() * Math.max(tile, latency) : launch.tiles() * (tile + latency);
    int groups = Math.ceilDiv(launch.groups(), gpu.processors());
    return Math.max(groups * launch.tiles() * tile, Math.ceilDiv(groups, resident(launch)) * alone);
  }

  /** Cycles that a processor is busy with a tile of a group. */
  private double tile(Launch launch) {
    Gpu.Processor processor = gpu.processor();
    double multiplyAdds = launch.multiplyAdds();
    double instructions = multiplyAdds / processor.together() + launch.localLoads() + launch.otherInstructions();
    return launch.threads()
        * Math.max(
            Math.max(multiplyAdds / processor.multiplyAdds(), instructions / processor.instructions()),
            (double) launch.localTraffic() / processor.localBandwidth());
  }

  /** Groups that a processor holds at a time. */
  int resident(Launch launch) {
    Gpu.Processor processor = gpu.processor();
    int registers = Math.ceilDiv(launch.registers(), REGISTERS) * REGISTERS;
    int groups = Math.min(processor.threads(), processor.registers() / registers) / launch.threads();
    return Math.max(1, launch.localBytes() == 0 ? groups : Math.min(groups, processor.localBytes() / launch.localBytes()));
  }
}
