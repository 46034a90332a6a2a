// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;

/** The tasks of one step of {@link Arturo}, in one {@link KernelShape}. */
interface ArturoTasks {
  /** Adds the tasks of a step in {@link Mode#ROBUST}. */
  void addRobust(OptimizerStep step, ArturoArrays arrays);

  /** Adds the tasks of a step in {@link Mode#PAPER} on one device, with that many bisections. */
  void addPaper(OptimizerStep step, ArturoArrays arrays, int bisections);

  /** Bytes that a robust step moves for a weight, if it needs no round of {@link LadderSearch}. */
  int bytesPerParameter();
}
