// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.linalg.ConvolutionShape;

/**
 * A convolution in groups of channels, or with dilated kernels, as the plain {@link ConvolutionReference} that it is with
 * larger kernels, which are 0 between the places of a dilated one, and towards the channels of other groups. What
 * {@link io.github.arturo4j.kernels.nn.GroupedConvolutionKernels} is compared with.
 */
public final class GroupedConvolutionReference {
  private final ConvolutionShape dense;
  private final int side;
  private final int dilation;
  private final int groups;

  /**
   * A reference.
   *
   * @param shape of the input and output, with the kernel's size before its dilation
   */
  public GroupedConvolutionReference(ConvolutionShape shape, int dilation, int groups) {
    side = shape.kernel();
    this.dilation = dilation;
    this.groups = groups;
    dense =
        new ConvolutionShape(
            shape.batch(), shape.inChannels(), shape.inHeight(), shape.inWidth(), shape.outChannels(),
            (side - 1) * dilation + 1, shape.stride(), shape.padding());
  }

  /** The shape with the larger kernels. */
  public ConvolutionShape dense() {
    return dense;
  }

  /** Values of the weights, [outChannels, inChannels / groups, side, side]. */
  public int weightSize() {
    return dense.outChannels() * (dense.inChannels() / groups) * side * side;
  }

  /** Where in the weights of the larger kernels a weight is. */
  private int place(int weight) {
    int each = dense.inChannels() / groups;
    int o = weight / (each * side * side);
    int group = o / (dense.outChannels() / groups);
    int c = group * each + weight / (side * side) % each;
    int row = weight / side % side * dilation;
    int column = weight % side * dilation;
    return ((o * dense.inChannels() + c) * dense.kernel() + row) * dense.kernel() + column;
  }

  /** The weights of the larger kernels, and behind them the biases, if they are not at a negative place. */
  private double[] dense(double[] parameters, int weight, int bias) {
    double[] values = new double[dense.weightSize() + dense.outChannels()];
    for (int i = 0; i < weightSize(); i++) {
      values[place(i)] = parameters[weight + i];
    }
    for (int o = 0; o < dense.outChannels() && bias >= 0; o++) {
      values[dense.weightSize() + o] = parameters[bias + o];
    }
    return values;
  }

  /** The output. */
  public double[] forward(double[] x, double[] parameters, int weight, int bias) {
    return new ConvolutionReference(dense).forward(x, dense(parameters, weight, bias), 0, dense.weightSize());
  }

  /** The gradient with respect to the input. */
  public double[] backwardInput(double[] dy, double[] parameters, int weight) {
    return new ConvolutionReference(dense).backwardInput(dy, dense(parameters, weight, -1), 0);
  }

  /** The gradients with respect to the weights, and then those with respect to the biases. */
  public double[] backwardParameters(double[] x, double[] dy) {
    int size = dense.weightSize() + dense.outChannels();
    double[] ofDense = new ConvolutionReference(dense).backwardParameters(x, dy, 0, dense.weightSize(), size);
    double[] gradients = new double[weightSize() + dense.outChannels()];
    for (int i = 0; i < weightSize(); i++) {
      gradients[i] = ofDense[place(i)];
    }
    System.arraycopy(ofDense, dense.weightSize(), gradients, weightSize(), dense.outChannels());
    return gradients;
  }
}
