// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

/** How kernels that sum, or walk over the weights, do so: the same mathematics, another loop around it. */
public enum KernelShape {
  /**
   * Few threads, each with a run of neighbours that it walks in simple loops, which compilers vectorise: for CPUs, the
   * JVM device first of all.
   */
  CHUNKS,

  /**
   * Work-groups whose neighbouring threads touch neighbouring values, and which sum as a tree in local memory, always
   * in the same order: for GPUs.
   *
   * <p>Each kernel has its own tree: TornadoVM 5.2 addresses a local array wrongly in a method that it is passed to,
   * and OpenCL wants it declared outside every block. A barrier orders local memory or global memory, not both: a thread
   * that writes what others of its group have read waits for the barrier of that kind.
   */
  GROUPS
}
