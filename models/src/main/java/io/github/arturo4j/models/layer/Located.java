// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/**
 * A layer that is described in a file, so that messages name the place.
 *
 * @param type the layer's name in the file
 */
public record Located(Place place, String type, Layer layer) implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    Shape input = network.shape();
    try {
      layer.addTo(network, path);
    } catch (LayerFault e) {
      throw e; // of a layer within this one
    } catch (IllegalArgumentException e) {
      throw new LayerFault(place, type + ": " + e.getMessage() + "; its input is " + input, e);
    }
  }
}
