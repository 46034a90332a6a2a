// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.Precision;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.libraries.BiasGradient;
import io.github.arturo4j.kernels.libraries.Convolution;
import io.github.arturo4j.kernels.libraries.Convolution.Direction;
import io.github.arturo4j.kernels.libraries.MatrixProduct;
import io.github.arturo4j.kernels.libraries.MatrixProduct.Operand;
import io.github.arturo4j.kernels.libraries.NvidiaLibraries;
import io.github.arturo4j.kernels.libraries.NvidiaProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Linear algebra of NVIDIA's libraries, for TornadoVM's CUDA backend: products by cuBLAS, convolutions and biases' gradients by cuDNN, as
 * library tasks between the others; biases and ReLU by kernels behind them.
 */
public final class LibraryLinearAlgebra implements LinearAlgebra {
  private final String library;
  private final Precision precision;

  /** With the libraries of this process. */
  public LibraryLinearAlgebra(Precision precision) {
    this(NvidiaProvider.NAME, precision);
  }

  /** With those of another provider. */
  public LibraryLinearAlgebra(String library, Precision precision) {
    this.library = library;
    this.precision = precision;
  }

  @Override
  public String name() {
    return NvidiaLibraries.loaded().versions() + ", " + precision;
  }

  @Override
  public void linearForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int in, int out, boolean relu) {
    MatrixProduct product =
        product(batch, out, in, Operand.single(0, in), false, Operand.single(weight, in), true, Operand.single(0, out));
    add(g, name, LayerCosts.linearForward(batch, in, out, false), x, parameters, y, product);
    BiasKernels.addTo(g, name, parameters, bias, y, batch * out, 1, out, relu);
  }

  @Override
  public void linearBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      int batch, int in, int out) {
    MatrixProduct product =
        product(batch, in, out, Operand.single(0, out), false, Operand.single(weight, in), false, Operand.single(0, in));
    add(g, name + "Input", LayerCosts.linearBackwardInput(batch, in, out), dy, parameters, dx, product);
  }

  @Override
  public void linearBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      int batch, int in, int out) {
    MatrixProduct product =
        product(out, in, batch, Operand.single(0, out), true, Operand.single(0, in), false, Operand.single(weight, in));
    add(g, name + "Parameters", LayerCosts.linearBackwardParameters(batch, in, out), dy, x, gradients, product);
    addBiasGradient(g, name, dy, gradients, bias, batch, out, 1);
  }

  @Override
  public void batchedProduct(
      KernelGraph g, String name, FloatArray a, FloatArray b, FloatArray c, BatchedProduct p) {
    MatrixProduct product =
        new MatrixProduct(
            p.outer(), p.inner(), p.rows(), p.columns(), p.terms(), operand(p.a()), p.transA(), operand(p.b()), p.transB(),
            operand(p.c()), precision);
    add(g, name, LayerCosts.batched(p), a, b, c, product);
  }

  @Override
  public void convolutionForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      ConvolutionShape s, boolean relu) {
    add(g, name, LayerCosts.convolutionForward(s, false), x, parameters, y, convolution(Direction.FORWARD, s, weight));
    BiasKernels.addTo(
        g, name, parameters, bias, y, s.outputSize(), s.outHeight() * s.outWidth(), s.outChannels(), relu);
  }

  @Override
  public void convolutionBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      ConvolutionShape s) {
    add(
        g, name + "Input", LayerCosts.convolutionBackwardInput(s), dy, parameters, dx,
        convolution(Direction.BACKWARD_INPUT, s, weight));
  }

  @Override
  public void convolutionBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      ConvolutionShape s) {
    add(
        g, name + "Parameters", LayerCosts.convolutionBackwardParameters(s), x, dy, gradients,
        convolution(Direction.BACKWARD_WEIGHTS, s, weight));
    addBiasGradient(g, name, dy, gradients, bias, s.batch(), s.outChannels(), s.outHeight() * s.outWidth());
  }

  private MatrixProduct product(int rows, int columns, int terms, Operand a, boolean transA, Operand b, boolean transB, Operand c) {
    return new MatrixProduct(1, 1, rows, columns, terms, a, transA, b, transB, c, precision);
  }

  private static Operand operand(Matrices matrices) {
    return new Operand(matrices.offset(), matrices.row(), matrices.outer(), matrices.inner());
  }

  private Convolution convolution(Direction direction, ConvolutionShape s, int weight) {
    return new Convolution(
        direction, s.batch(), s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.outHeight(), s.outWidth(), s.kernel(),
        s.stride(), s.padding(), weight, precision);
  }

  private void add(
      KernelGraph g, String name, Cost cost, FloatArray a, FloatArray b, FloatArray c, MatrixProduct product) {
    String task = g.task(name);
    g.cost(task, cost);
    g.add(t -> t.libraryTask(task, (x, y, z, call) -> NvidiaProvider.product(library, x, y, z, call), a, b, c, product));
  }

  private void add(
      KernelGraph g, String name, Cost cost, FloatArray first, FloatArray second, FloatArray result, Convolution convolution) {
    String task = g.task(name);
    g.cost(task, cost);
    g.add(
        t ->
            t.libraryTask(
                task, (x, y, z, call) -> NvidiaProvider.convolution(library, x, y, z, call), first, second, result, convolution));
  }

  private void addBiasGradient(
      KernelGraph g, String name, FloatArray dy, FloatArray gradients, int bias, int batch, int channels, int pixels) {
    if (bias < 0) {
      return;
    }
    String task = g.task(name + "Biases");
    g.cost(task, LayerCosts.sumParts(channels, Math.multiplyExact(batch, pixels)));
    BiasGradient sums = new BiasGradient(batch, channels, pixels, bias);
    g.add(t -> t.libraryTask(task, (x, y, call) -> NvidiaProvider.biasGradient(library, x, y, call), dy, gradients, sums));
  }
}
