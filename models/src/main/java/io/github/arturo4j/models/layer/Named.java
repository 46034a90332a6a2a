// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/**
 * A layer with a name of its own instead of its place.
 *
 * @param name part of its tensors' names; dots separate parts. Empty, its layers are named as if they stood in its place: two
 *     residuals in a block of a transformer, for instance
 */
public record Named(String name, Layer layer) implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    layer.addTo(network, path + "." + name);
  }
}
