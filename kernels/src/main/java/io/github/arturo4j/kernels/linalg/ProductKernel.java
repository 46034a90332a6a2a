// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.graph.Launch;

/**
 * The kernels of tiled products as a GPU's compiler translates them. Registers and instructions are about those that NVIDIA's compiler of
 * CUDA 13 makes of TornadoVM's OpenCL for sm_90, of tiles from 2×1 to 8×8, the instructions counted in PTX: within a third, mostly within
 * an eighth.
 */
enum ProductKernel {
  /** {@link TiledMatrixKernels#forward}. */
  LINEAR_FORWARD(34, 9, 9),
  /** {@link TiledMatrixKernels#backwardInput}. */
  LINEAR_BACKWARD_INPUT(32, 9, 9),
  /** {@link TiledMatrixKernels#backwardParameters}. */
  LINEAR_BACKWARD_PARAMETERS(34, 11, 11),
  /** {@link TiledBatchedKernels#multiply}. */
  BATCHED(32, 9, 9),
  /** {@link TiledConvolutionKernels#forward}: a value of a patch has a place to find, and four edges to be within. */
  CONVOLUTION_FORWARD(32, 9, 34),
  /** {@link TiledConvolutionKernels#backwardInput}: so have both factors, and strides leave pixels out. */
  CONVOLUTION_BACKWARD_INPUT(32, 20, 40),
  /** {@link TiledConvolutionKernels#backwardParameters}: the pixel's place is the same for all values of a thread. */
  CONVOLUTION_BACKWARD_PARAMETERS(32, 9, 27);

  /** Floats that one instruction loads from local memory at most. */
  private static final int VECTOR = 4;

  private final int registers;
  private final int left;
  private final int right;

  /**
   * A kernel.
   *
   * @param registers beside those for sums, for the values of the next tile and for those being multiplied
   * @param left instructions for each value of the left factor that a thread brings to a tile
   * @param right the same for the right factor
   */
  ProductKernel(int registers, int left, int right) {
    this.registers = registers;
    this.left = left;
    this.right = right;
  }

  /** How it is launched for a product. */
  Launch launch(TiledProduct product) {
    int down = product.tile().down();
    int across = product.tile().across();
    int share = this == BATCHED ? product.terms() : product.share();
    return new Launch(
        product.groups(), TileLayout.GROUP * TileLayout.GROUP, down, across, TileLayout.TERMS, Math.ceilDiv(share, TileLayout.TERMS), true,
        TileLayout.TERMS * (Math.ceilDiv(down, VECTOR) + Math.ceilDiv(across, VECTOR)), left * down + right * across,
        registers + down * across + 2 * (down + across), 2 * TileLayout.TILE * Float.BYTES);
  }
}
