// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;

/** The libraries' handles, workspaces and convolution plans for a plan on a device. */
final class NvidiaContext implements LibraryContext {
  /** Bytes that cuBLAS is given: what its documentation recommends for Hopper, the most of all. */
  private static final long CUBLAS_BYTES = 32L << 20;

  private final NvidiaLibraries libraries;
  private final MemorySegment context;
  private final MemorySegment stream;
  private final MemorySegment cublas;
  private final MemorySegment cudnn;
  private final Workspace forCublas;
  private final Workspace forCudnn;
  private final Workspace staged;
  private final Map<Convolution, ConvolutionPlan> convolutions = new LinkedHashMap<>();
  private final Map<BiasGradient, BiasTensors> biases = new LinkedHashMap<>();

  /** Descriptions of a gradient and of its channels' sums. */
  private record BiasTensors(MemorySegment gradient, MemorySegment sums) {}

  /**
   * Makes the handles.
   *
   * @param context a CUcontext
   * @param stream a CUstream of it
   */
  NvidiaContext(NvidiaLibraries libraries, long context, long stream) {
    this.libraries = libraries;
    this.context = MemorySegment.ofAddress(context);
    this.stream = MemorySegment.ofAddress(stream);
    CudaDriver driver = libraries.driver();
    driver.setCurrent(this.context);
    forCublas = new Workspace(driver);
    forCudnn = new Workspace(driver);
    staged = new Workspace(driver);
    forCublas.require(CUBLAS_BYTES);
    cublas = libraries.cublas().create(this.stream, forCublas.address(), CUBLAS_BYTES);
    cudnn = libraries.cudnn().create(this.stream);
  }

  /** Makes what a call needs: nothing is allocated when it is made. */
  void prepare(Object call) {
    libraries.driver().setCurrent(context);
    switch (call) {
      case Convolution convolution -> convolutions.computeIfAbsent(convolution, this::plan);
      case BiasGradient bias -> biases.computeIfAbsent(bias, this::tensors);
      default -> { } // a product needs the handle alone
    }
  }

  private ConvolutionPlan plan(Convolution convolution) {
    return new ConvolutionPlan(libraries.cudnn(), libraries.driver(), cudnn, convolution, forCudnn, staged);
  }

  private BiasTensors tensors(BiasGradient bias) {
    Cudnn functions = libraries.cudnn();
    return new BiasTensors(
        functions.tensor(bias.batch(), bias.channels(), bias.pixels(), 1), functions.tensor(1, bias.channels(), 1, 1));
  }

  /** Computes a product, of arrays that begin there. */
  void compute(MatrixProduct product, long a, long b, long c) {
    libraries.driver().setCurrent(context);
    MatrixProduct.Calls calls = product.calls();
    for (int i = 0; i < calls.calls(); i++) {
      Cublas.Matrix left = matrix(a, product.a(), calls, i);
      Cublas.Matrix right = matrix(b, product.b(), calls, i);
      Cublas.Matrix result = matrix(c, product.c(), calls, i);
      // Column-major, each matrix is its transpose, and so Cᵀ = op(B)ᵀ·op(A)ᵀ is computed.
      libraries.cublas()
          .gemm(
              cublas, product.transB(), product.transA(), product.columns(), product.rows(), product.terms(), right, left, result,
              calls.count(), product);
    }
  }

  private static Cublas.Matrix matrix(long base, MatrixProduct.Operand operand, MatrixProduct.Calls calls, int call) {
    long between = calls.outerFirst() ? operand.inner() : operand.outer();
    long within = calls.outerFirst() ? operand.outer() : operand.inner();
    return new Cublas.Matrix(base + Float.BYTES * (operand.offset() + call * between), operand.row(), within);
  }

  /** Computes a convolution, see {@link ConvolutionPlan#compute}. */
  void compute(Convolution convolution, long first, long second, long result) {
    libraries.driver().setCurrent(context);
    ConvolutionPlan plan = convolutions.get(convolution);
    if (plan == null) {
      throw new IllegalStateException("not prepared: " + convolution);
    }
    plan.compute(first, second, result, forCudnn, staged, stream);
  }

  /** Sums the channels of a gradient. */
  void compute(BiasGradient bias, long gradient, long result) {
    libraries.driver().setCurrent(context);
    BiasTensors tensors = biases.get(bias);
    if (tensors == null) {
      throw new IllegalStateException("not prepared: " + bias);
    }
    libraries.cudnn()
        .sumChannels(cudnn, tensors.gradient, gradient, tensors.sums, result + Float.BYTES * bias.bias(), bias);
  }

  /** Ends all of it. */
  void destroy() {
    libraries.driver().setCurrent(context);
    convolutions.values().forEach(ConvolutionPlan::destroy);
    biases.values().forEach(
        tensors -> {
          libraries.cudnn().destroyTensor(tensors.gradient);
          libraries.cudnn().destroyTensor(tensors.sums);
        });
    libraries.cudnn().destroy(cudnn);
    libraries.cublas().destroy(cublas);
    forCublas.free();
    forCudnn.free();
    staged.free();
  }
}
