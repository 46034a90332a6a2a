// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.ConvolutionProduct;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.LinearProduct;
import io.github.arturo4j.kernels.linalg.Pass;
import io.github.arturo4j.kernels.linalg.Product;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A layer whose three products are timed. */
public sealed interface LayerCase {
  /** Where it is. */
  String name();

  /** Its sizes, for people. */
  String sizes();

  /** Operations of each of its products; of a convolution as if padding were pixels, as all counts of convolutions do. */
  long flops();

  /** Values of its input. */
  int inputs();

  /** Values of its weights and biases. */
  int weights();

  /** Values of its output. */
  int outputs();

  /** One of its products, by which tuned kernels are known. */
  Product product(Pass pass);

  /** Adds the tasks of a product, all of which read two of the arrays and write the third. */
  void addTo(KernelGraph graph, Pass pass, LinearAlgebra algebra, FloatArray x, FloatArray w, FloatArray y);

  /** The same for PyTorch. */
  Work work(int runs);

  /**
   * A fully connected layer.
   *
   * @param batch examples
   * @param in values of an example before it
   * @param out values behind it
   * @param biased whether it has biases, and a ReLU behind it
   */
  record Linear(String name, int batch, int in, int out, boolean biased) implements LayerCase {
    @Override
    public String sizes() {
      return batch + "×" + in + "×" + out;
    }

    @Override
    public long flops() {
      return 2L * batch * in * out;
    }

    @Override
    public int inputs() {
      return batch * in;
    }

    @Override
    public int weights() {
      return in * out + (biased ? out : 0);
    }

    @Override
    public int outputs() {
      return batch * out;
    }

    @Override
    public Product product(Pass pass) {
      return switch (pass) {
        case forward -> LinearProduct.forward(batch, in, out);
        case input -> LinearProduct.input(batch, in, out);
        case parameters -> LinearProduct.parameters(batch, in, out, biased);
      };
    }

    @Override
    public void addTo(KernelGraph graph, Pass pass, LinearAlgebra algebra, FloatArray x, FloatArray w, FloatArray y) {
      int bias = biased ? in * out : LinearAlgebra.NO_BIAS;
      switch (pass) {
        case forward -> algebra.linearForward(graph, TASK, x, w, 0, bias, y, batch, in, out, biased);
        case input -> algebra.linearBackwardInput(graph, TASK, y, w, 0, x, batch, in, out);
        case parameters -> algebra.linearBackwardParameters(graph, TASK, x, y, w, 0, bias, batch, in, out);
      }
    }

    @Override
    public Work work(int runs) {
      return new Work.LinearLayer(batch, in, out, runs);
    }
  }

  /**
   * A convolution.
   *
   * @param biased whether it has biases, and a ReLU behind it
   */
  record Convolution(String name, ConvolutionShape shape, boolean biased) implements LayerCase {
    @Override
    public String sizes() {
      return "%d→%d, %d×%d/%d, %d×%d".formatted(
          shape.inChannels(), shape.outChannels(), shape.kernel(), shape.kernel(), shape.stride(), shape.inHeight(), shape.inWidth());
    }

    @Override
    public long flops() {
      return 2L * shape.outputSize() * shape.patch();
    }

    @Override
    public int inputs() {
      return shape.inputSize();
    }

    @Override
    public int weights() {
      return shape.weightSize() + (biased ? shape.outChannels() : 0);
    }

    @Override
    public int outputs() {
      return shape.outputSize();
    }

    @Override
    public Product product(Pass pass) {
      return switch (pass) {
        case forward -> ConvolutionProduct.forward(shape);
        case input -> ConvolutionProduct.input(shape);
        case parameters -> ConvolutionProduct.parameters(shape, biased);
      };
    }

    @Override
    public void addTo(KernelGraph graph, Pass pass, LinearAlgebra algebra, FloatArray x, FloatArray w, FloatArray y) {
      int bias = biased ? shape.weightSize() : LinearAlgebra.NO_BIAS;
      switch (pass) {
        case forward -> algebra.convolutionForward(graph, TASK, x, w, 0, bias, y, shape, biased);
        case input -> algebra.convolutionBackwardInput(graph, TASK, y, w, 0, x, shape);
        case parameters -> algebra.convolutionBackwardParameters(graph, TASK, x, y, w, 0, bias, shape);
      }
    }

    @Override
    public Work work(int runs) {
      return new Work.Convolution(shape, runs);
    }
  }

  /** Name of the task. */
  String TASK = "t";
}
