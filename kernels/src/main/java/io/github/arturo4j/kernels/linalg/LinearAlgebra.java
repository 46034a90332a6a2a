// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The heavy linear algebra of layers, as tasks of a graph. Matrices are row-major, images NCHW, weights as
 * in PyTorch: [out, in] and [outChannels, inChannels, kernel, kernel], at an offset of a flat buffer. The
 * backward tasks take the gradient with respect to the value before the ReLU, and overwrite what they
 * compute.
 */
public interface LinearAlgebra {
  /** The offset that stands for no bias at all, as any negative one does. */
  int NO_BIAS = -1;

  /** The implementation for a device: a BLAS on the JVM, tiled kernels elsewhere. */
  static LinearAlgebra forDevice(TornadoDevice device) {
    return of(DeviceTraits.of(device));
  }

  /** That for what a graph's kernels are chosen for; tiled kernels also where the JVM is to have the shape for GPUs. */
  static LinearAlgebra forGraph(KernelGraph graph) {
    return of(graph.traits());
  }

  /** That for what kernels are chosen for: NVIDIA's libraries where they are to compute. */
  static LinearAlgebra of(DeviceTraits traits) {
    if (traits.libraries().isPresent()) {
      return new LibraryLinearAlgebra(traits.libraries().get());
    }
    return traits.tiles() ? new TiledLinearAlgebra(traits.cutRule(), traits.cuts()) : new BlasLinearAlgebra();
  }

  /** The implementation's name, for logs. */
  String name();

  /** y[b,o] = Σ_i x[b,i] W[o,i] + bias[o], if {@code bias} is not negative, then max(0, ·) if {@code relu}. */
  void linearForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int in, int out, boolean relu);

  /** dx[b,i] = Σ_o dy[b,o] W[o,i]. */
  void linearBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      int batch, int in, int out);

  /** dW[o,i] = Σ_b dy[b,o] x[b,i], and dbias[o] = Σ_b dy[b,o] if {@code bias} is not negative. */
  void linearBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      int batch, int in, int out);

  /** C = op(A)·op(B) of many matrices. */
  void batchedProduct(KernelGraph g, String name, FloatArray a, FloatArray b, FloatArray c, BatchedProduct product);

  /** Convolution plus bias, if {@code bias} is not negative, then max(0, ·) if {@code relu}. */
  void convolutionForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      ConvolutionShape shape, boolean relu);

  /** The gradient with respect to the input of a convolution. */
  void convolutionBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      ConvolutionShape shape);

  /** The gradients with respect to the weights and, if {@code bias} is not negative, biases of a convolution. */
  void convolutionBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      ConvolutionShape shape);
}
