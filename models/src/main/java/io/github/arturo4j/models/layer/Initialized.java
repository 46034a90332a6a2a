// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/**
 * A layer, or several in a {@link Sequential}, whose weights begin in a way of their own.
 *
 * @param initialization how, unless the network has one for all
 */
public record Initialized(Initialization initialization, Layer layer) implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    Initialization around = network.initialization();
    network.initialization(initialization);
    layer.addTo(network, path);
    network.initialization(around);
  }
}
