// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/** Takes the activation as one vector, channels outermost. */
public record Flatten() implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    network.continueWith(network.value().as(new Shape(network.shape().size())));
  }
}
