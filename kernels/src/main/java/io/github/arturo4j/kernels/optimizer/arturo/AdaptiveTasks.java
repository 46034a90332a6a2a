// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;

/** The tasks of one step of {@link AdaptiveArturo}, in one {@link KernelShape}. */
interface AdaptiveTasks {
  /** Adds the tasks of a step. */
  void addTo(OptimizerStep step, AdaptiveArrays arrays);

  /** Bytes that a step moves for a weight. */
  int bytesPerParameter();
}
