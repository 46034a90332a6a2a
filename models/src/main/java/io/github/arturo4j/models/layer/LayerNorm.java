// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.Arrays;

/**
 * Normalises over the last sizes, (x − mean) / √(variance + epsilon) · weight + bias, with a weight and a bias for each place
 * (Ba, Kiros, Hinton, arXiv 1607.06450): PyTorch's LayerNorm, whose normalized_shape are those sizes.
 *
 * @param dimensions number of those sizes; 0 for all of an image
 * @param epsilon added to a variance before the root, positive
 */
public record LayerNorm(int dimensions, double epsilon) implements Layer {
  /** Over all of an image. */
  public LayerNorm() {
    this(0);
  }

  /** With PyTorch's epsilon of 1e-5. */
  public LayerNorm(int dimensions) {
    this(dimensions, RowNorm.EPSILON);
  }

  /** As a file describes it. */
  public static LayerNorm of(LayerArguments a) {
    return new LayerNorm(a.integer("dimensions", 0), a.number("epsilon", RowNorm.EPSILON));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    int[] sizes = network.shape().sizes();
    if (dimensions < 0 || dimensions > sizes.length) {
      throw new IllegalArgumentException(
          "layer " + path + " cannot normalise over the last " + dimensions + " sizes of " + network.shape());
    }
    int first = dimensions == 0 ? 0 : sizes.length - dimensions;
    int rows = Arrays.stream(sizes, 0, first).reduce(1, (a, b) -> a * b);
    RowNorm.addTo(network, path, rows, 1, 1, epsilon, Arrays.copyOfRange(sizes, first, sizes.length));
  }
}
