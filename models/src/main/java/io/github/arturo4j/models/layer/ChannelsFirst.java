// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/** H×W×C becomes C×H×W, as PyTorch's {@code permute(0, 3, 1, 2)} has it; of any number of sizes, the last becomes the first. */
public record ChannelsFirst() implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    Shape in = network.shape();
    Transposition.addTo(network, path, in.size() / in.last(), in.last(), in.rotated(-1));
  }
}
