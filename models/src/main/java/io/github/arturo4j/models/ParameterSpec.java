// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import java.util.Arrays;

/**
 * One tensor of a network's parameters, and where it lies in the flat buffer.
 *
 * @param name as in PyTorch's state_dict of the same nn.Sequential: {@code 0.weight}
 * @param shape sizes, row-major: [out, in], [outChannels, inChannels, kernel, kernel] or [out]
 * @param offset index of the first value
 * @param size number of values
 * @param fanIn inputs that each output of the layer sums over; biases have their layer's
 */
public record ParameterSpec(String name, int[] shape, int offset, int size, int fanIn) {
  /** Copies the shape. */
  public ParameterSpec {
    shape = shape.clone();
  }

  /** A copy of the shape. */
  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ParameterSpec p
        && name.equals(p.name)
        && Arrays.equals(shape, p.shape)
        && offset == p.offset
        && size == p.size
        && fanIn == p.fanIn;
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + offset;
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape) + "@" + offset;
  }
}
