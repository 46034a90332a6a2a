// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A model's parameters as an optimizer sees them: flat, n values, and by name.
 *
 * @param values the parameters, which a step reads and writes
 * @param gradients the gradient of the mean loss at {@code values}, n values
 * @param slices the tensors that they consist of, one behind the other, each with a name of its own
 */
public record Parameters(FloatArray values, FloatArray gradients, List<ParameterSlice> slices) {
  /** Checks that there is a gradient for each value, and that the slices are all of them. */
  public Parameters {
    slices = List.copyOf(slices);
    if (gradients.getSize() != values.getSize()) {
      throw new IllegalArgumentException(
          "there are " + gradients.getSize() + " gradients for " + values.getSize() + " parameters");
    }
    Set<String> names = new HashSet<>();
    int end = 0;
    for (ParameterSlice slice : slices) {
      if (slice.offset() != end) {
        throw new IllegalArgumentException(slice + " should begin at " + end + ", where the one before it ends");
      }
      if (!names.add(slice.name())) {
        throw new IllegalArgumentException("two slices have the name '" + slice.name() + "'");
      }
      end += slice.size();
    }
    if (end != values.getSize()) {
      throw new IllegalArgumentException("the slices have " + end + " values, not " + values.getSize());
    }
  }

  /** Parameters that are a single tensor. */
  public static Parameters of(FloatArray values, FloatArray gradients) {
    return new Parameters(
        values, gradients, List.of(new ParameterSlice("parameters", 0, List.of(values.getSize()))));
  }

  /** n. */
  public int size() {
    return values.getSize();
  }
}
