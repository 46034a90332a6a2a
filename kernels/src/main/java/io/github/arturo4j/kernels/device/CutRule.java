// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

/**
 * What of a device the rule looks at by which a tiled product is cut that nobody has measured.
 *
 * @param processors compute units, as OpenCL calls them: sums of products with fewer work-groups are cut into parts
 * @param side rows, and columns, of a thread's results at most
 */
public record CutRule(int processors, int side) {
  /** Of GPUs, each of whose threads has registers for as many results and what they come from. */
  private static final int ON_GPUS = 8;

  /** Of CPUs, whose registers then hold them: with 8×8 results products take 1.5 to 6 times as long (PoCL 3.1, AVX-512). */
  private static final int ON_CPUS = 4;

  /** That of a GPU. */
  public static CutRule ofGpu(int processors) {
    return new CutRule(processors, ON_GPUS);
  }

  /** That of a CPU. */
  public static CutRule ofCpu(int processors) {
    return new CutRule(processors, ON_CPUS);
  }

  /** The same for one of so many products that are computed side by side. */
  public CutRule among(int products) {
    return new CutRule(Math.ceilDiv(processors, products), side);
  }
}
