// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import java.util.Locale;

/** How arTuRO solves the dual of its trust region. */
public enum Mode {
  /** The published optimizer, number for number, with its faults. */
  PAPER,
  /** The same equations with a solver that keeps the bound, a curvature floor and precision limits. */
  ROBUST;

  /** As in an experiment file. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
