// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/** C×H×W becomes H×W×C, as PyTorch's {@code permute(0, 2, 3, 1)} has it; of any number of sizes, the first becomes the last. */
public record ChannelsLast() implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    Shape in = network.shape();
    Transposition.addTo(network, path, in.channels(), in.pixels(), in.rotated(1));
  }
}
