// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.optimizer.ParameterSlice;
import java.util.Arrays;

/**
 * One tensor of a network's parameters or running statistics, and where it lies in their flat buffer.
 *
 * @param name as in PyTorch's state_dict of the same network: {@code 0.weight}, {@code layer1.0.bn1.running_mean}
 * @param shape sizes, row-major: [out, in], [outChannels, inChannels, kernel, kernel], [out] or [channels]
 * @param offset index of the first value
 * @param size number of values
 * @param initial how its values begin
 * @param norm whether it is the weight or bias of a normalisation
 */
public record ParameterSpec(String name, int[] shape, int offset, int size, Initializer initial, boolean norm) {
  /** Copies the shape. */
  public ParameterSpec {
    shape = shape.clone();
  }

  /** A copy of the shape. */
  @Override
  public int[] shape() {
    return shape.clone();
  }

  /** The same as an optimizer sees it. */
  public ParameterSlice slice() {
    return new ParameterSlice(name, offset, Arrays.stream(shape).boxed().toList(), norm);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ParameterSpec p
        && name.equals(p.name)
        && Arrays.equals(shape, p.shape)
        && offset == p.offset
        && size == p.size
        && initial.equals(p.initial)
        && norm == p.norm;
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
