// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.List;

/** Layers one behind the other, to give them a name together. */
public record Sequential(List<Layer> layers) implements Layer {
  /** Copies the list. */
  public Sequential {
    layers = List.copyOf(layers);
  }

  /** Those layers. */
  public Sequential(Layer... layers) {
    this(List.of(layers));
  }

  /** As a file describes it. */
  public static Sequential of(LayerArguments a) {
    return new Sequential(a.layers("layers"));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    network.addAll(layers, path + ".");
  }
}
