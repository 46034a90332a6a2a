// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import java.util.List;

/**
 * Some of a model's tensors, and what trains them: an optimizer of their own, which sees no others.
 *
 * @param name unique among the groups; the arrays of the optimizer's state are named after it
 * @param slices its tensors, as they lie in the array of all
 * @param optimizer a new one; null for tensors that stay as they are
 * @param rateFactor its rate where that of all is 1
 */
public record ParameterGroup(String name, List<ParameterSlice> slices, Optimizer optimizer, double rateFactor) {
  /** Checks that there are tensors. */
  public ParameterGroup {
    slices = List.copyOf(slices);
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("group '" + name + "' has no parameters");
    }
  }

  /** Whether its parameters stay as they are. */
  public boolean frozen() {
    return optimizer == null;
  }

  /** How many values it has. */
  public int size() {
    return slices.stream().mapToInt(ParameterSlice::size).sum();
  }

  /** Where its values lie in the array of all. */
  int[] indices() {
    int[] indices = new int[size()];
    int at = 0;
    for (ParameterSlice slice : slices) {
      for (int i = 0; i < slice.size(); i++) {
        indices[at++] = slice.offset() + i;
      }
    }
    return indices;
  }
}
