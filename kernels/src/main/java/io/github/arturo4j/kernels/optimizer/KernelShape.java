// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.Devices;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** How arTuRO's kernels walk over the weights: the same mathematics ({@link Coordinate}), another loop around it. */
public enum KernelShape {
  /**
   * At most 256 chunks of neighbours, one thread each, walked tile by tile in simple loops that C2 vectorises: for the
   * JVM device. Sums in double.
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
   * 2⁻²⁴ for each addition on a term's way. Those are n/131,072 in the thread, and 8 + 1 + 8: 4·10⁻⁶ for 5·10⁶ weights,
   * 10⁻³ for 2·10⁹. The robust promise has 0.5% to spare. Each kernel has its own tree: TornadoVM 5.2 addresses a local
   * array wrongly in a method that it is passed to, and OpenCL wants it declared outside every block.
   */
  GROUPS {
    @Override
    ArturoTasks tasks(int n) {
      return new GroupTasks(Groups.of(n));
    }
  };

  /** The shape for a device. */
  public static KernelShape forDevice(TornadoDevice device) {
    return Devices.isJvm(device) ? CHUNKS : GROUPS;
  }

  abstract ArturoTasks tasks(int n);
}
