// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A convolution with square kernels.
 *
 * @param outChannels channels it puts out
 * @param kernel rows and columns of the kernel
 * @param stride step of the kernel
 * @param padding zeros on each side of the input
 * @param dilation distance of neighbours of the kernel in the image; 1 for a kernel without holes
 * @param groups groups of channels that do not see each other; as many as the input has channels for a depthwise
 *     convolution, 1 for none
 * @param bias whether it has biases; without, as in front of a batch normalisation, its weights start He-normal
 */
public record Conv2d(int outChannels, int kernel, int stride, int padding, int dilation, int groups, boolean bias)
    implements Layer {
  /** A convolution of all channels, whose kernel has no holes. */
  public Conv2d(int outChannels, int kernel, int stride, int padding, boolean bias) {
    this(outChannels, kernel, stride, padding, 1, 1, bias);
  }

  /** A convolution of stride 1 with biases. */
  public Conv2d(int outChannels, int kernel, int padding) {
    this(outChannels, kernel, 1, padding, true);
  }

  /** As a file describes it. */
  public static Conv2d of(LayerArguments a) {
    return new Conv2d(
        a.width("out"), a.integer("kernel"), a.integer("stride", 1), a.integer("padding", 0), a.integer("dilation", 1),
        a.integer("groups", 1), a.flag("bias", true));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    Shape in = network.shape();
    Window.checkImage(path, "a convolution", in);
    if (dilation < 1 || groups < 1) {
      throw new IllegalArgumentException(
          "layer " + path + " is no convolution: a dilation and groups of at least 1 are needed, not " + this);
    }
    if (in.channels() % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "layer " + path + " cannot make " + groups + " groups of " + in.channels() + " channels and of " + outChannels
              + " that it puts out");
    }
    int each = in.channels() / groups;
    int window = kernel * kernel;
    Initializer bound = Initializer.ofFanIn(each * window);
    ParameterSpec weight =
        network.weight(
            path + ".weight",
            bias ? bound : new Initializer.Normal(Math.sqrt(2.0 / (outChannels * window))),
            each * window, outChannels * window, outChannels, each, kernel, kernel);
    ParameterSpec biases = bias ? network.bias(path + ".bias", bound, outChannels) : null;
    Shape out = Window.over(in, outChannels, (kernel - 1) * dilation + 1, stride, padding);
    network.add(Affine.of(network.stageName("convolution", path), network.value(), out, map(in, out, weight, biases)));
  }

  private LinearMap map(Shape in, Shape out, ParameterSpec weight, ParameterSpec biases) {
    if (groups != 1 || dilation != 1) {
      return new GroupedConvolution(this, in, out, weight, biases);
    }
    return SingleWindow.fits(this, in, out) ? new SingleWindow(this, in, weight, biases) : new Map(this, in, weight, biases);
  }

  /** The convolution with the weights. */
  private record Map(Conv2d layer, Shape in, ParameterSpec weight, ParameterSpec biases) implements LinearMap {
    private ConvolutionShape shape(int batch) {
      return new ConvolutionShape(
          batch, in.channels(), in.height(), in.width(), layer.outChannels, layer.kernel, layer.stride, layer.padding);
    }

    @Override
    public void addForward(
        KernelGraph graph, String task, LinearAlgebra algebra, FloatArray x, FloatArray parameters, FloatArray y,
        int batch, boolean relu) {
      algebra.convolutionForward(
          graph, task, x, parameters, weight.offset(), LinearMap.offset(biases), y, shape(batch), relu);
    }

    @Override
    public void addBackwardParameters(
        KernelGraph graph, String task, LinearAlgebra algebra, FloatArray x, FloatArray dy, FloatArray gradients,
        int batch) {
      algebra.convolutionBackwardParameters(
          graph, task, x, dy, gradients, weight.offset(), LinearMap.offset(biases), shape(batch));
    }

    @Override
    public void addBackwardInput(
        KernelGraph graph, String task, LinearAlgebra algebra, FloatArray dy, FloatArray parameters, FloatArray dx,
        int batch) {
      algebra.convolutionBackwardInput(graph, task, dy, parameters, weight.offset(), dx, shape(batch));
    }
  }
}
