// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import java.util.List;

/**
 * A layer as a network lists it, in PyTorch's terms. Its tensors are named after its place in the list, as in an
 * nn.Sequential, unless it is {@link Named}.
 */
public sealed interface Layer {
  /**
   * A convolution with square kernels.
   *
   * @param outChannels channels it puts out
   * @param kernel rows and columns of the kernel
   * @param stride step of the kernel
   * @param padding zeros on each side of the input
   * @param bias whether it has biases; without, as in front of a batch normalisation, its weights start He-normal
   */
  record Convolution(int outChannels, int kernel, int stride, int padding, boolean bias) implements Layer {
    /** A convolution of stride 1 with biases. */
    public Convolution(int outChannels, int kernel, int padding) {
      this(outChannels, kernel, 1, padding, true);
    }
  }

  /** Batch normalisation with a weight and a bias for each channel; momentum 0.1, epsilon 1e-5. */
  record BatchNorm() implements Layer {}

  /** max(0, x); directly behind a layer with parameters or a {@link Residual}. */
  record Relu() implements Layer {}

  /**
   * The maximum of square windows.
   *
   * @param kernel rows and columns of a window
   * @param stride step of the window
   * @param padding pixels on each side that are never the maximum, at most half a kernel
   */
  record MaxPool(int kernel, int stride, int padding) implements Layer {
    /** Windows of 2×2 with stride 2; directly behind a ReLU they are computed together with it. */
    public MaxPool() {
      this(2, 2, 0);
    }

    /** Whether these are the windows that are computed together with the ReLU before them. */
    boolean halves() {
      return kernel == 2 && stride == 2 && padding == 0;
    }
  }

  /** The mean of each channel. */
  record GlobalAveragePool() implements Layer {}

  /**
   * Dropout while training; behind the ReLU of a convolution or linear layer, or its pooling.
   *
   * @param probability of setting an element to zero, in [0, 1)
   */
  record Dropout(double probability) implements Layer {}

  /** Takes the activation as one vector, channels outermost. */
  record Flatten() implements Layer {}

  /**
   * A fully connected layer with a bias.
   *
   * @param out values it puts out
   */
  record Linear(int out) implements Layer {}

  /**
   * The sum of two paths from the same input (He, Zhang, Ren, Sun, CVPR 2016).
   *
   * @param body the one, not empty; its unnamed layers are named after their places
   * @param shortcut the other, empty for the input itself; its unnamed layers are named {@code shortcut.0} and so on
   */
  record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {
    /** Copies the lists. */
    public Residual {
      body = List.copyOf(body);
      shortcut = List.copyOf(shortcut);
    }
  }

  /** Layers one behind the other, to give them a name together. */
  record Sequential(List<Layer> layers) implements Layer {
    /** Copies the list. */
    public Sequential {
      layers = List.copyOf(layers);
    }
  }

  /**
   * A layer with a name of its own instead of its place.
   *
   * @param name part of its tensors' names; dots separate parts
   */
  record Named(String name, Layer layer) implements Layer {}
}
