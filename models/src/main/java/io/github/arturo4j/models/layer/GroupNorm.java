// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/**
 * Normalises over groups of neighbouring channels and all their pixels, (x − mean) / √(variance + 1e-5) · weight + bias,
 * with a weight and a bias for each channel (Wu, He, ECCV 2018).
 *
 * @param groups number of groups, PyTorch's num_groups; the channels of the input are a multiple of it
 */
public record GroupNorm(int groups) implements Layer {
  /** As a file describes it. */
  public static GroupNorm of(LayerArguments a) {
    return new GroupNorm(a.integer("groups"));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    Shape in = network.shape();
    if (groups < 1 || in.channels() % groups != 0) {
      throw new IllegalArgumentException(
          "layer " + path + " cannot make " + groups + " groups of " + in.channels() + " channels");
    }
    RowNorm.addTo(network, path, groups, groups, in.pixels(), RowNorm.EPSILON, in.channels());
  }
}
