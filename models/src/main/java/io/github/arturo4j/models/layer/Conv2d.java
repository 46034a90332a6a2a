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
 * @param bias whether it has biases; without, as in front of a batch normalisation, its weights start He-normal
 */
public record Conv2d(int outChannels, int kernel, int stride, int padding, boolean bias) implements Layer {
  /** A convolution of stride 1 with biases. */
  public Conv2d(int outChannels, int kernel, int padding) {
    this(outChannels, kernel, 1, padding, true);
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    Shape in = network.shape();
    Window.checkImage(path, "a convolution", in);
    int window = kernel * kernel;
    Initializer bound = Initializer.ofFanIn(in.channels() * window);
    ParameterSpec weight =
        network.parameter(
            path + ".weight",
            bias ? bound : new Initializer.Normal(Math.sqrt(2.0 / (outChannels * window))),
            outChannels, in.channels(), kernel, kernel);
    ParameterSpec biases = bias ? network.parameter(path + ".bias", bound, outChannels) : null;
    network.add(
        Affine.of(
            network.stageName("convolution", path), network.value(),
            Window.over(in, outChannels, kernel, stride, padding), new Map(this, in, weight, biases)));
  }

  /** The convolution with the weights. */
  private record Map(Conv2d layer, Shape in, ParameterSpec weight, ParameterSpec biases) implements LinearMap {
    private ConvolutionShape shape(int batch) {
      return new ConvolutionShape(
          batch, in.channels(), in.height(), in.width(), layer.outChannels, layer.kernel, layer.stride, layer.padding);
    }

    private int bias() {
      return biases == null ? LinearAlgebra.NO_BIAS : biases.offset();
    }

    @Override
    public void addForward(
        KernelGraph graph, String task, LinearAlgebra algebra, FloatArray x, FloatArray parameters, FloatArray y,
        int batch, boolean relu) {
      algebra.convolutionForward(
          graph, task, x, parameters, weight.offset(), bias(), y, shape(batch), relu);
    }

    @Override
    public void addBackwardParameters(
        KernelGraph graph, String task, LinearAlgebra algebra, FloatArray x, FloatArray dy, FloatArray gradients,
        int batch) {
      algebra.convolutionBackwardParameters(
          graph, task, x, dy, gradients, weight.offset(), bias(), shape(batch));
    }

    @Override
    public void addBackwardInput(
        KernelGraph graph, String task, LinearAlgebra algebra, FloatArray dy, FloatArray parameters, FloatArray dx,
        int batch) {
      algebra.convolutionBackwardInput(graph, task, dy, parameters, weight.offset(), dx, shape(batch));
    }
  }
}
