// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/**
 * Takes the activation in another shape, its values in the same row-major order: PyTorch's Unflatten, or Tensor.reshape,
 * without the batch's size.
 *
 * @param shape the new shape, of as many values
 */
public record Reshape(Shape shape) implements Layer {
  /** To those sizes: {@code new Reshape(channels, height, width)}. */
  public Reshape(int... sizes) {
    this(new Shape(sizes));
  }

  /** As a file describes it. */
  public static Reshape of(LayerArguments a) {
    return new Reshape(a.integers("shape").stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    if (shape.size() != network.shape().size()) {
      throw new IllegalArgumentException(
          "layer " + path + " cannot take " + network.shape() + ", which are " + network.shape().size() + " values, as "
              + shape + ", which are " + shape.size());
    }
    network.continueWith(network.value().as(shape));
  }
}
