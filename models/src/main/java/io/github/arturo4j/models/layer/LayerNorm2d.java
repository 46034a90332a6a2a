// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/**
 * A {@link LayerNorm} over the channels of an image at each pixel, as torchvision's ConvNeXt has it: of C×H×W, it is one over the
 * last size of H×W×C.
 *
 * @param epsilon added to a variance before the root, positive
 */
public record LayerNorm2d(double epsilon) implements Layer {
  /** With PyTorch's epsilon of 1e-5. */
  public LayerNorm2d() {
    this(RowNorm.EPSILON);
  }

  /** As a file describes it. */
  public static LayerNorm2d of(LayerArguments a) {
    return new LayerNorm2d(a.number("epsilon", RowNorm.EPSILON));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    Window.checkImage(path, "a normalisation", network.shape());
    new ChannelsLast().addTo(network, path);
    new LayerNorm(1, epsilon).addTo(network, path);
    new ChannelsFirst().addTo(network, path);
  }
}
