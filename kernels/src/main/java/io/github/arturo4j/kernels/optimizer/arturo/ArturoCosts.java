// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.graph.Cost;

/** What the tasks of {@link Arturo} have to do for n weights in a step that needs no round of {@link LadderSearch}. */
final class ArturoCosts {
  private ArturoCosts() {}

  static Cost scan(int n) {
    return Cost.elements(n, 2, 1, 0);
  }

  /** The filter, with the sums of {@link KlExpansion} or without; {@code written} values a weight. */
  static Cost filter(int n, boolean expands, int written) {
    return expands ? Cost.elements(n, 60, 8, written) : Cost.elements(n, 38, 7, written);
  }

  /** KL_mean at one η, in each step of {@link Mode#PAPER}; at several, it is idle in most steps. */
  static Cost evaluation(int n, int points) {
    return points == 1 ? Cost.elements(n, 10, 4, 0) : Cost.NONE;
  }

  static Cost update(int n) {
    return Cost.elements(n, 13, 4, 2);
  }
}
