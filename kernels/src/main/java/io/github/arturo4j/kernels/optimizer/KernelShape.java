// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/** How the optimizers' kernels walk over the weights: the same mathematics, another loop around it. */
public enum KernelShape {
  /**
   * At most 256 chunks of neighbours, one thread each, walked tile by tile in simple loops that compilers vectorise: for
   * CPUs, the JVM device first of all. Sums in double. Adam and SGD, which sum nothing, have one parallel loop.
   */
  CHUNKS {
    @Override
    ArturoTasks tasks(int n) {
      return new ChunkTasks(Partition.of(n));
    }
  },

  /**
   * Work-groups of 256 threads, in which neighbouring threads touch neighbouring weights, up to 131,072 threads: for
   * GPUs, with or without double precision.
   *
   * <p>Each thread sums its own terms; a group those of its threads, as a tree in local memory; and a single group,
   * likewise, those of all groups. All in float, because what is summed is not negative: the relative error is at most
   * 2⁻²⁴ for each addition on a term's way. Those are n/131,072 in the thread, and 8 + 2 + 8: 4·10⁻⁶ for 5·10⁶ weights,
   * 10⁻³ for 2·10⁹; the rare rounds in a single group compensate. The robust promise has 0.5% to spare.
   *
   * <p>Each kernel has its own tree: TornadoVM 5.2 addresses a local array wrongly in a method that it is passed to, and
   * OpenCL wants it declared outside every block.
   */
  GROUPS {
    @Override
    ArturoTasks tasks(int n) {
      return new GroupTasks(Groups.of(n));
    }
  };

  /** The shape for a device: on a CPU, through PoCL for instance, the groups take twice as long as the chunks. */
  public static KernelShape forDevice(TornadoDevice device) {
    return device.getDeviceType() == TornadoDeviceType.CPU ? CHUNKS : GROUPS;
  }

  /** A shape that was asked for, or for null that of the device. */
  static KernelShape chosen(KernelShape asked, TornadoDevice device) {
    return asked == null ? forDevice(device) : asked;
  }

  abstract ArturoTasks tasks(int n);
}
