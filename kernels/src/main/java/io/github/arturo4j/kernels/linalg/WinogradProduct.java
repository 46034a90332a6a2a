// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.Cut;
import java.util.Optional;

/**
 * A product of a convolution of 3×3 kernels as F(2×2, 3×3): the minimal filtering of Winograd (1980) as Lavin and Gray (Fast algorithms
 * for convolutional neural networks, CVPR 2016) use it. A tile of 2×2 results comes from a patch d of 4×4 pixels as Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d
 * B)] A with 16 multiplications instead of 36, so that the products of all tiles, channels and kernels are sixteen of matrices. The input's
 * gradient is such a convolution of the output's with the kernels turned around; the weights' is Gᵀ [(A dy Aᵀ) ⊙ (Bᵀ d B)] G, summed
 * over tiles.
 *
 * @param convolution the one that gives the results: that of the layer, or for the input's gradient that of the output's gradient with the
 *     kernels turned around
 * @param cut of the sixteen products, each
 */
record WinogradProduct(ConvolutionProduct product, ConvolutionShape convolution, TiledProduct cut) {
  /** The products of matrices. */
  static final int POINTS = 16;

  private static final int SIDE = 3;

  /** Values of an array at most: 1 GiB. */
  private static final long LARGEST = 1L << 28;

  /** That of a convolution, if it has kernels of 3×3 that make steps of one pixel, and what lies between is not too large. */
  static Optional<WinogradProduct> of(ConvolutionProduct product, Cut cut) {
    return isPossible(product)
        ? Optional.of(new WinogradProduct(product, convolution(product), TiledProduct.of(each(product), parted(product, cut))))
        : Optional.empty();
  }

  /** The same cut for Winograd's products, of which only the long sums of the weights' gradients have parts. */
  static Cut parted(ConvolutionProduct product, Cut cut) {
    return product.pass() == Pass.parameters ? cut : cut.inParts(1);
  }

  /** Whether there is one. */
  static boolean isPossible(ConvolutionProduct product) {
    ConvolutionShape s = product.shape();
    boolean fits = s.kernel() == SIDE && s.stride() == 1 && (product.pass() != Pass.input || s.padding() < SIDE);
    return fits && (long) POINTS * (Math.max(s.inChannels(), s.outChannels()) + 1) * tiles(convolution(product)) <= LARGEST;
  }

  /** One of the sixteen products, written as that of a linear layer. */
  static LinearProduct each(ConvolutionProduct product) {
    ConvolutionShape s = convolution(product);
    int tiles = (int) tiles(s);
    return product.pass() == Pass.parameters
        ? LinearProduct.parameters(tiles, s.inChannels(), s.outChannels(), product.biased())
        : LinearProduct.forward(s.outChannels(), s.inChannels(), tiles);
  }

  private static ConvolutionShape convolution(ConvolutionProduct product) {
    ConvolutionShape s = product.shape();
    return product.pass() == Pass.input
        ? new ConvolutionShape(
            s.batch(), s.outChannels(), s.outHeight(), s.outWidth(), s.inChannels(), SIDE, 1, SIDE - 1 - s.padding())
        : s;
  }

  private static long tiles(ConvolutionShape s) {
    return (long) s.batch() * Math.ceilDiv(s.outHeight(), 2) * Math.ceilDiv(s.outWidth(), 2);
  }

  /** Tiles below one another in an image. */
  int down() {
    return Math.ceilDiv(convolution.outHeight(), 2);
  }

  /** Tiles beside one another. */
  int across() {
    return Math.ceilDiv(convolution.outWidth(), 2);
  }

  /** Tiles in a row of a matrix: with sums of tiles, as many as all parts have. */
  int pitch() {
    return product.pass() == Pass.parameters ? cut.share() * cut.parts() : (int) tiles(convolution);
  }

  /** Rows of the right factors: the channels, and one for the biases. */
  int rightRows() {
    return convolution.inChannels() + (product.biased() ? 1 : 0);
  }

  /** Values of the left factors: of the weights, or of the output's gradient. */
  int left() {
    return POINTS * convolution.outChannels() * (product.pass() == Pass.parameters ? pitch() : convolution.inChannels());
  }

  /** Values of the right factors: of the patches. */
  int right() {
    return POINTS * rightRows() * pitch();
  }

  /** Values of the results of the products, of one part. */
  int results() {
    return POINTS * convolution.outChannels() * (product.pass() == Pass.parameters ? rightRows() : pitch());
  }

  /** The products, in parts that each have a result of their own, one behind the other. */
  BatchedProduct products() {
    int rows = convolution.outChannels();
    int pitch = pitch();
    if (product.pass() == Pass.parameters) {
      int columns = rightRows();
      int share = cut.share();
      return new BatchedProduct(
          POINTS, cut.parts(), rows, columns, share, new Matrices(0, pitch, rows * pitch, share), false,
          new Matrices(0, pitch, columns * pitch, share), true, new Matrices(0, columns, rows * columns, results()));
    }
    int terms = convolution.inChannels();
    return new BatchedProduct(
        POINTS, 1, rows, pitch, terms, new Matrices(0, terms, rows * terms, 0), false, new Matrices(0, pitch, terms * pitch, 0), false,
        new Matrices(0, pitch, rows * pitch, 0));
  }
}
