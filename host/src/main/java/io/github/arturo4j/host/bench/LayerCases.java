// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import java.util.ArrayList;
import java.util.List;

/** The layers that are timed. */
public final class LayerCases {
  private static final int SQUARE = 1024;

  private LayerCases() {}

  /** The large matrix product that others are compared with. */
  public static LayerCase square() {
    return new LayerCase.Linear("%d×%d×%d".formatted(SQUARE, SQUARE, SQUARE), SQUARE, SQUARE, SQUARE, true);
  }

  /** The convolutions of fmnist_cnn, with biases. */
  static List<LayerCase> fmnistConvolutions(int batch) {
    return List.of(
        new LayerCase.Convolution("conv 1→32", new ConvolutionShape(batch, 1, 28, 28, 32, 3, 1, 0), true),
        new LayerCase.Convolution("conv 32→64", new ConvolutionShape(batch, 32, 13, 13, 64, 3, 1, 0), true),
        new LayerCase.Convolution("conv 64→128", new ConvolutionShape(batch, 64, 5, 5, 128, 3, 1, 0), true));
  }

  /** The fully connected layers of fmnist_cnn. */
  static List<LayerCase> fmnistLinear(int batch) {
    return List.of(
        new LayerCase.Linear("linear 1152→256", batch, 1152, 256, true), new LayerCase.Linear("linear 256→10", batch, 256, 10, true));
  }

  /** Products of matrices: a large one, the layers of fmnist_cnn, and those of a transformer's block as text_gpt has it. */
  public static List<LayerCase> products(int batch, int tokens) {
    List<LayerCase> all = new ArrayList<>();
    all.add(square());
    all.addAll(fmnistLinear(batch));
    all.add(new LayerCase.Linear("gpt attention 192→576", tokens, 192, 576, true));
    all.add(new LayerCase.Linear("gpt mlp 192→768", tokens, 192, 768, true));
    all.add(new LayerCase.Linear("gpt mlp 768→192", tokens, 768, 192, true));
    return all;
  }

  /**
   * The convolutions of all models, by where they are: ResNets on Fashion-MNIST, whose stem is pooled to 7×7, and the CNNs. Those that put
   * out one pixel of all that they are given are linear layers.
   */
  public static List<LayerCase> convolutions(int batch) {
    List<LayerCase> all = new ArrayList<>();
    all.add(square("resnet stem", batch, 1, 28, 64, 7, 2, 3));
    int in = 64;
    int size = 7;
    for (int layer = 1; layer <= 4; layer++) {
      int channels = 32 << layer;
      if (layer > 1) {
        all.add(square("resnet layer" + layer + " shortcut", batch, in, size, channels, 1, 2, 0));
        all.add(square("resnet layer" + layer + " first", batch, in, size, channels, 3, 2, 1));
        size = (size + 1) / 2;
      }
      all.add(square("resnet layer" + layer, batch, channels, size, channels, 3, 1, 1));
      in = channels;
    }
    all.add(square("cifar_cnn 1", batch, 3, 32, 32, 3, 1, 1));
    all.add(square("cifar_cnn 2", batch, 32, 16, 64, 3, 1, 1));
    all.add(square("cifar_cnn 3", batch, 64, 8, 128, 3, 1, 1));
    all.add(square("cifar_cnn 4", batch, 128, 4, 256, 3, 1, 1));
    all.add(square("fmnist_cnn 1", batch, 1, 28, 32, 3, 1, 0));
    all.add(square("fmnist_cnn 2", batch, 32, 13, 64, 3, 1, 0));
    all.add(square("fmnist_cnn 3", batch, 64, 5, 128, 3, 1, 0));
    return all;
  }

  private static LayerCase square(
      String name, int batch, int in, int size, int outChannels, int kernel, int stride, int padding) {
    ConvolutionShape shape = new ConvolutionShape(batch, in, size, size, outChannels, kernel, stride, padding);
    return shape.outHeight() == 1 && size <= kernel
        ? new LayerCase.Linear(name + " (linear)", batch, in * size * size, outChannels, false)
        : new LayerCase.Convolution(name, shape, false);
  }
}
