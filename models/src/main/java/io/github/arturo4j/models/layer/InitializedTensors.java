// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.Map;

/**
 * A layer whose tensors begin otherwise than by PyTorch's defaults, as by a module's {@code apply(init)}. Weights and biases of
 * normalisations, and what no rule is for, begin as ever.
 *
 * @param rules how tensors begin, by the end of their names: {@code bias}, {@code c_proj.weight}; of several ends the longest
 *     counts, and a rule around this one counts where none of these is for a tensor
 */
public record InitializedTensors(Layer layer, Map<String, Initializer> rules) implements Layer {
  /** Copies the rules. */
  public InitializedTensors {
    rules = Map.copyOf(rules);
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    network.initially(rules, path, () -> layer.addTo(network, path));
  }
}
