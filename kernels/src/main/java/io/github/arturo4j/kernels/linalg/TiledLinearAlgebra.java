// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.CutRule;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.Optional;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Linear algebra in tiled kernels that run on every device TornadoVM knows. */
public final class TiledLinearAlgebra implements LinearAlgebra {
  private final CutRule rule;
  private final ProductCuts cuts;
  private final BatchedTask batched = new BatchedTask();

  /** Kernels for a GPU of so many processors. */
  public TiledLinearAlgebra(int processors) {
    this(CutRule.ofGpu(processors), ProductCuts.NONE);
  }

  /**
   * Kernels for a device.
   *
   * @param cuts that were measured on it
   */
  public TiledLinearAlgebra(CutRule rule, ProductCuts cuts) {
    this.rule = rule;
    this.cuts = cuts;
  }

  @Override
  public String name() {
    return "tiled kernels";
  }

  @Override
  public void linearForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int in, int out, boolean relu) {
    TiledProduct product = TiledProduct.of(LinearProduct.forward(batch, in, out), rule, cuts);
    PartedResult result = new PartedResult(product, y, batch * out);
    String task = g.task(name);
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledMatrixKernels::forward, context, x, parameters, weight, result.bias(bias), result.to(), batch, in, out,
                result.min(relu), product.share(), product.tile().downBits(), product.tile().acrossBits(), product.tile().runBits()));
    g.cost(task, LayerCosts.linearForward(batch, in, out, relu).plus(result.beside()));
    g.launch(task, ProductKernel.LINEAR_FORWARD.launch(product));
    g.grid(task, product.grid());
    result.sum(g, name, parameters, bias, 1, out, relu);
  }

  @Override
  public void linearBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      int batch, int in, int out) {
    TiledProduct product = TiledProduct.of(LinearProduct.input(batch, in, out), rule, cuts);
    PartedResult result = new PartedResult(product, dx, batch * in);
    String task = g.task(name + "Input");
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledMatrixKernels::backwardInput, context, dy, parameters, weight, result.to(), batch, in, out,
                product.share(), product.tile().downBits(), product.tile().acrossBits(), product.tile().runBits()));
    g.cost(task, LayerCosts.linearBackwardInput(batch, in, out).plus(result.beside()));
    g.launch(task, ProductKernel.LINEAR_BACKWARD_INPUT.launch(product));
    g.grid(task, product.grid());
    result.sum(g, name + "Input");
  }

  @Override
  public void linearBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      int batch, int in, int out) {
    TiledProduct product = TiledProduct.of(LinearProduct.parameters(batch, in, out, bias >= 0), rule, cuts);
    PartedGradients sums = new PartedGradients(product, gradients, weight, in * out, bias, out);
    String task = g.task(name + "Parameters");
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledMatrixKernels::backwardParameters, context, x, dy, sums.to(), sums.weightsAt(), sums.biasesAt(),
                sums.distance(), batch, in, out, product.share(), product.tile().downBits(), product.tile().acrossBits(),
                product.tile().runBits()));
    g.cost(task, LayerCosts.linearBackwardParameters(batch, in, out).plus(sums.beside()));
    g.launch(task, ProductKernel.LINEAR_BACKWARD_PARAMETERS.launch(product));
    g.grid(task, product.grid());
    sums.sum(g, name + "Parameters");
  }

  @Override
  public void batchedProduct(
      KernelGraph g, String name, FloatArray a, FloatArray b, FloatArray c, BatchedProduct p) {
    TiledProduct product = TiledProduct.of(p, rule, cuts);
    batched.addTo(g, name, () -> a, () -> b, () -> c, p, product);
  }

  private Optional<WinogradProduct> winograd(ConvolutionProduct product) {
    return cuts.find(product.key()).filter(Cut::winograd).flatMap(cut -> WinogradProduct.of(product, cut));
  }

  @Override
  public void convolutionForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      ConvolutionShape s, boolean relu) {
    Optional<WinogradProduct> winograd = winograd(ConvolutionProduct.forward(s));
    if (winograd.isPresent()) {
      new Winograd(g, name, winograd.get(), batched).forward(x, parameters, weight, bias, y, relu);
      return;
    }
    TiledProduct product = TiledProduct.of(ConvolutionProduct.forward(s), rule, cuts);
    PartedResult result = new PartedResult(product, y, s.outputSize());
    String task = g.task(name);
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledConvolutionKernels::forward, context, x, parameters, weight, result.bias(bias), result.to(), s.batch(),
                s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(), s.padding(),
                result.min(relu), product.share(), product.tile().downBits(), product.tile().acrossBits(), product.tile().runBits()));
    g.cost(task, LayerCosts.convolutionForward(s, relu).plus(result.beside()));
    g.launch(task, ProductKernel.CONVOLUTION_FORWARD.launch(product));
    g.grid(task, product.grid());
    result.sum(g, name, parameters, bias, s.outHeight() * s.outWidth(), s.outChannels(), relu);
  }

  @Override
  public void convolutionBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      ConvolutionShape s) {
    Optional<WinogradProduct> winograd = winograd(ConvolutionProduct.input(s));
    if (winograd.isPresent()) {
      new Winograd(g, name + "Input", winograd.get(), batched).backwardInput(dy, parameters, weight, dx);
      return;
    }
    TiledProduct product = TiledProduct.of(ConvolutionProduct.input(s), rule, cuts);
    if (s.folds()) {
      ConvolutionShape each = s.patches();
      FloatArray patches = new FloatArray(each.inputSize());
      backwardInput(g, name, dy, parameters, weight, patches, each, product);
      FoldKernels.addFold(g, name + "Fold", patches, dx, s);
    } else {
      backwardInput(g, name, dy, parameters, weight, dx, s, product);
    }
  }

  private static void backwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx, ConvolutionShape s,
      TiledProduct product) {
    PartedResult result = new PartedResult(product, dx, s.inputSize());
    String task = g.task(name + "Input");
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledConvolutionKernels::backwardInput, context, dy, parameters, weight, result.to(), s.batch(),
                s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(), s.padding(),
                product.share(), product.tile().downBits(), product.tile().acrossBits(), product.tile().runBits()));
    g.cost(task, LayerCosts.convolutionBackwardInput(s).plus(result.beside()));
    g.launch(task, ProductKernel.CONVOLUTION_BACKWARD_INPUT.launch(product));
    g.grid(task, product.grid());
    result.sum(g, name + "Input");
  }

  @Override
  public void convolutionBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      ConvolutionShape s) {
    Optional<WinogradProduct> winograd = winograd(ConvolutionProduct.parameters(s, bias >= 0));
    if (winograd.isPresent()) {
      new Winograd(g, name + "Parameters", winograd.get(), batched).backwardParameters(x, dy, gradients, weight, bias);
      return;
    }
    TiledProduct product = TiledProduct.of(ConvolutionProduct.parameters(s, bias >= 0), rule, cuts);
    PartedGradients sums = new PartedGradients(product, gradients, weight, s.weightSize(), bias, s.outChannels());
    String task = g.task(name + "Parameters");
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledConvolutionKernels::backwardParameters, context, x, dy, sums.to(), sums.weightsAt(),
                sums.biasesAt(), sums.distance(), s.batch(), s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(),
                s.kernel(), s.stride(), s.padding(), product.share(), product.tile().downBits(), product.tile().acrossBits(),
                product.tile().runBits()));
    g.cost(task, LayerCosts.convolutionBackwardParameters(s).plus(sums.beside()));
    g.launch(task, ProductKernel.CONVOLUTION_BACKWARD_PARAMETERS.launch(product));
    g.grid(task, product.grid());
    sums.sum(g, name + "Parameters");
  }
}
