// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import java.util.List;

/**
 * One tensor of a model's parameters, and where it lies in their flat array.
 *
 * @param name as in PyTorch's state_dict of the same model: {@code 0.weight}, {@code layer1.0.bn1.bias}
 * @param offset index of the first value
 * @param shape sizes, row-major
 * @param norm whether it is the weight or bias of a normalisation
 */
public record ParameterSlice(String name, int offset, List<Integer> shape, boolean norm) {
  /** Copies the shape. */
  public ParameterSlice {
    shape = List.copyOf(shape);
  }

  /** One that is none of a normalisation's. */
  public ParameterSlice(String name, int offset, List<Integer> shape) {
    this(name, offset, shape, false);
  }

  /** Whether it is a bias, that of a normalisation included. */
  public boolean bias() {
    return name.equals("bias") || name.endsWith(".bias");
  }

  /** Number of values. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
