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
   * Work-groups of 256 threads, in which neighbouring threads touch neighbouring weights, up to 131,072 threads; sums
   * in float, as trees in local memory: for GPUs, with or without double precision.
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
