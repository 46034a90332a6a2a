// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

/** A layer as a network lists it, in PyTorch's terms. */
public sealed interface Layer {
  /**
   * A convolution with square kernels, stride 1 and a bias.
   *
   * @param outChannels channels it puts out
   * @param kernel rows and columns of the kernel
   * @param padding zeros on each side of the input
   */
  record Convolution(int outChannels, int kernel, int padding) implements Layer {}

  /** max(0, x); directly behind a convolution or a linear layer. */
  record Relu() implements Layer {}

  /** The maximum of 2×2 windows with stride 2; directly behind a ReLU. */
  record MaxPool() implements Layer {}

  /**
   * Dropout while training; behind a ReLU or its pooling.
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
}
