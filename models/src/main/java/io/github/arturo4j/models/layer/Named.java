// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/**
 * A layer with a name of its own instead of its place.
 *
 * @param name part of its tensors' names; dots separate parts
 */
public record Named(String name, Layer layer) implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    layer.addTo(network, path + "." + name);
  }
}
