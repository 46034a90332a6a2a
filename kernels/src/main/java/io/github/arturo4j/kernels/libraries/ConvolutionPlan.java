// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What cuDNN needs for a convolution beside its operands: descriptions, an algorithm, and the workspaces that it takes. */
final class ConvolutionPlan {
  /** Algorithms that are asked for: more than any direction has. */
  private static final int MOST_ALGORITHMS = 16;

  /** Bytes of workspace that an algorithm may take. */
  private static final long LIMIT = 1L << 29;

  private final Cudnn cudnn;
  private final CudaDriver driver;
  private final MemorySegment handle;
  private final Convolution convolution;
  private final MemorySegment input;
  private final MemorySegment weights;
  private final MemorySegment place;
  private final MemorySegment output;
  private final Cudnn.Descriptors descriptors;
  private final int algorithm;
  private final long bytes;

  /**
   * Chooses the algorithm.
   *
   * @param workspace is made large enough for it
   * @param staged is made large enough for the weights, if they are not aligned
   */
  ConvolutionPlan(
      Cudnn cudnn, CudaDriver driver, MemorySegment handle, Convolution c, Workspace workspace, Workspace staged) {
    this.cudnn = cudnn;
    this.driver = driver;
    this.handle = handle;
    convolution = c;
    input = cudnn.tensor(c.batch(), c.inChannels(), c.inHeight(), c.inWidth());
    weights = cudnn.filter(c);
    place = cudnn.convolution(c, Algorithm.mathType(c.precision()));
    output = cudnn.tensor(c.batch(), c.outChannels(), c.outHeight(), c.outWidth());
    descriptors =
        switch (c.direction()) {
          case FORWARD -> new Cudnn.Descriptors(input, weights, place, output);
          case BACKWARD_INPUT -> new Cudnn.Descriptors(weights, output, place, input);
          case BACKWARD_WEIGHTS -> new Cudnn.Descriptors(input, output, place, weights);
        };
    Algorithm chosen;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment results = arena.allocate(Algorithm.LAYOUT, MOST_ALGORITHMS);
      int count = cudnn.algorithms(handle, descriptors, MOST_ALGORITHMS, results, c);
      chosen = Algorithm.choose(results, count, LIMIT, c);
    }
    cudnn.setMathType(place, chosen.usedWith(c.precision()), c);
    algorithm = chosen.number();
    bytes = cudnn.workspace(handle, descriptors, algorithm, c);
    workspace.require(bytes);
    if (c.isUnaligned()) {
      staged.require(c.weights() * Float.BYTES);
    }
  }

  /**
   * Computes it.
   *
   * @param first address of the input, or for {@code BACKWARD_INPUT} of the output's gradient
   * @param second address of the array with the weights, or for {@code BACKWARD_WEIGHTS} of the output's gradient
   * @param result address of the output, the input's gradient, or the array with the weights' gradients
   */
  void compute(long first, long second, long result, Workspace workspace, Workspace staged, MemorySegment stream) {
    long size = convolution.weights() * Float.BYTES;
    long at = convolution.weight() * Float.BYTES;
    boolean unaligned = convolution.isUnaligned();
    if (convolution.direction() == Convolution.Direction.BACKWARD_WEIGHTS) {
      long to = unaligned ? staged.address() : result + at;
      run(first, second, workspace, to);
      if (unaligned) {
        driver.copy(result + at, to, size, stream);
      }
      return;
    }
    long from = second + at;
    if (unaligned) {
      driver.copy(staged.address(), from, size, stream);
      from = staged.address();
    }
    if (convolution.direction() == Convolution.Direction.FORWARD) {
      run(first, from, workspace, result);
    } else {
      run(from, first, workspace, result);
    }
  }

  private void run(long first, long second, Workspace workspace, long to) {
    cudnn.compute(handle, descriptors, first, second, algorithm, workspace.address(), bytes, to, convolution);
  }

  /** Ends the descriptions. */
  void destroy() {
    cudnn.destroyTensor(input);
    cudnn.destroyFilter(weights);
    cudnn.destroyConvolution(place);
    cudnn.destroyTensor(output);
  }
}
