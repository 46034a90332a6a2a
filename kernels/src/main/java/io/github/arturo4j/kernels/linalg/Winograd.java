// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.graph.Scratch;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Adds the tasks of a {@link WinogradProduct}: transforms, products, the transform back. What lies between them is scratch that all
 * convolutions of a program share: sixteen values for each four of the input and of the output of the largest.
 */
final class Winograd {
  private static final float NO_LIMIT = Float.NEGATIVE_INFINITY;

  private final KernelGraph g;
  private final String name;
  private final WinogradProduct p;
  private final ConvolutionShape s;
  private final BatchedTask batched;
  private final Scratch left;
  private final Scratch right;
  private final Scratch results;

  Winograd(KernelGraph g, String name, WinogradProduct p, BatchedTask batched) {
    this.g = g;
    this.name = name;
    this.p = p;
    this.s = p.convolution();
    this.batched = batched;
    KernelProgram program = g.program();
    left = program.scratch("winogradLeft", p.left());
    right = program.scratch("winogradRight", p.right());
    results = program.scratch("winogradResults", p.results());
  }

  /** The convolution of the layer; see {@link LinearAlgebra#convolutionForward}. */
  void forward(FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y, boolean relu) {
    convolve(x, parameters, weight, s.patch(), s.kernel() * s.kernel(), false, bias, y, relu ? 0f : NO_LIMIT);
  }

  /** The convolution of the output's gradient; see {@link LinearAlgebra#convolutionBackwardInput}. */
  void backwardInput(FloatArray dy, FloatArray parameters, int weight, FloatArray dx) {
    int area = s.kernel() * s.kernel();
    convolve(dy, parameters, weight, area, s.outChannels() * area, true, LinearAlgebra.NO_BIAS, dx, NO_LIMIT);
  }

  private void convolve(
      FloatArray from, FloatArray parameters, int weight, int rowStep, int columnStep, boolean turned, int bias, FloatArray to,
      float least) {
    addPatches(from);
    int rows = s.outChannels();
    int columns = s.inChannels();
    String weights = g.task(name + "Weights");
    g.cost(weights, moved((long) s.weightSize(), p.left()));
    g.add(
        graph ->
            graph.task(
                weights, WinogradKernels::weights, parameters, weight, left.array(), p.left() / 4, rows, columns, rowStep, columnStep,
                turned ? 1 : 0));
    addProducts(results);
    String outputs = g.task(name + "Outputs");
    g.cost(outputs, moved(p.results(), s.outputSize()));
    g.add(
        graph ->
            graph.task(
                outputs, WinogradKernels::outputs, results.array(), parameters, bias, to, p.results() / 8, rows, p.pitch(), s.batch(),
                s.outHeight(), s.outWidth(), p.down(), p.across(), least));
  }

  /** See {@link LinearAlgebra#convolutionBackwardParameters}. */
  void backwardParameters(FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias) {
    addPatches(x);
    int rows = s.outChannels();
    int columns = p.rightRows();
    String transform = g.task(name + "Gradients");
    g.cost(transform, moved(s.outputSize(), p.left()));
    g.add(
        graph ->
            graph.task(
                transform, WinogradKernels::gradients, dy, left.array(), p.left() / 4, rows, p.pitch(), s.batch(), s.outHeight(),
                s.outWidth(), p.down(), p.across()));
    int parts = p.cut().parts();
    if (parts == 1) {
      addProducts(results);
    } else {
      Scratch each = g.program().scratch("winogradParts", Math.multiplyExact(parts, p.results()));
      addProducts(each);
      PartKernels.addSum(g, name + "Sum", each::array, results::array, 0, p.results(), 0, p.results(), parts);
    }
    String weights = g.task(name + "Weights");
    g.cost(weights, moved(p.results(), s.weightSize()));
    g.add(
        graph ->
            graph.task(
                weights, WinogradKernels::weightGradients, results.array(), gradients, weight, s.weightSize() / 3, rows, columns,
                s.inChannels()));
    if (bias >= 0) {
      String biases = g.task(name + "Biases");
      g.cost(biases, moved(rows, rows));
      g.add(graph -> graph.task(biases, WinogradKernels::biasGradients, results.array(), gradients, bias, rows, columns));
    }
  }

  private void addPatches(FloatArray from) {
    String patches = g.task(name + "Patches");
    g.cost(patches, moved(s.inputSize(), p.right()));
    g.add(
        graph ->
            graph.task(
                patches, WinogradKernels::patches, from, right.array(), p.right() / 4, p.rightRows(), p.pitch(), s.batch(),
                s.inChannels(), s.inHeight(), s.inWidth(), s.padding(), p.down(), p.across()));
  }

  private void addProducts(Scratch to) {
    BatchedProduct products = p.products();
    Tile tile = p.cut().tile();
    TiledProduct cut = TiledProduct.of(products, new Cut(tile.down(), tile.across(), tile.adjacent(), 1));
    batched.addTo(g, name, left::array, right::array, to::array, products, cut);
  }

  /** Of a transform: a value of a larger side is two additions. */
  private static Cost moved(long read, long written) {
    return new Cost(2 * Math.max(read, written), read * Float.BYTES, written * Float.BYTES);
  }
}
