// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.KernelGraph;
import io.github.arturo4j.kernels.KernelShape;

/** The tasks of one step of {@link Arturo}, in one {@link KernelShape}. */
interface ArturoTasks {
  /** Adds the tasks of a step in {@link Mode#ROBUST}. */
  void addRobust(KernelGraph graph, ArturoArrays arrays);

  /** Adds the tasks of a step in {@link Mode#PAPER}, with that many bisections. */
  void addPaper(KernelGraph graph, ArturoArrays arrays, int bisections);

  /** Bytes that a robust step moves for a weight, if it needs no round of {@link LadderSearch}. */
  int bytesPerParameter();
}
