// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

/**
 * The shape of a two-dimensional convolution of square kernels over a batch of NCHW images.
 *
 * @param batch images
 * @param inChannels channels of the input
 * @param inHeight rows of the input
 * @param inWidth columns of the input
 * @param outChannels channels of the output
 * @param kernel rows and columns of the kernel
 * @param stride step of the kernel, in both directions
 * @param padding zeros around the input, on each side
 */
public record ConvolutionShape(
    int batch,
    int inChannels,
    int inHeight,
    int inWidth,
    int outChannels,
    int kernel,
    int stride,
    int padding) {
  private static final int FOLDED = 2;
  private static final int MOST_PATCHES = 4;

  /** Checks that the output is not empty. */
  public ConvolutionShape {
    if (batch < 1 || inChannels < 1 || outChannels < 1 || kernel < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException("not a convolution: sizes must be positive");
    }
    if (inHeight + 2 * padding < kernel || inWidth + 2 * padding < kernel) {
      throw new IllegalArgumentException(
          "a %d×%d kernel does not fit into %d×%d pixels".formatted(kernel, kernel, inHeight, inWidth));
    }
  }

  /** Rows of the output. */
  public int outHeight() {
    return (inHeight + 2 * padding - kernel) / stride + 1;
  }

  /** Columns of the output. */
  public int outWidth() {
    return (inWidth + 2 * padding - kernel) / stride + 1;
  }

  /** Weights that one output value sums over: inChannels · kernel². */
  public int patch() {
    return inChannels * kernel * kernel;
  }

  /** Values of the whole input. */
  public int inputSize() {
    return batch * inChannels * inHeight * inWidth;
  }

  /** Values of the whole output. */
  public int outputSize() {
    return batch * outChannels * outHeight() * outWidth();
  }

  /** Values of the weights, [outChannels, inChannels, kernel, kernel]. */
  public int weightSize() {
    return outChannels * patch();
  }

  /**
   * Whether a product over the pixels of the input would have at least twice the multiplications that are needed, and the gradients of
   * all patches are not much more than the input, see {@link FoldKernels}.
   */
  boolean folds() {
    long in = (long) inHeight * inWidth;
    long out = (long) outHeight() * outWidth();
    return in >= FOLDED * out && kernel * kernel * out <= MOST_PATCHES * in;
  }

  /** The convolution of one pixel to whose input the gradients of all patches are those: [batch, patch, outHeight, outWidth]. */
  ConvolutionShape patches() {
    return new ConvolutionShape(batch, patch(), outHeight(), outWidth(), outChannels, 1, 1, 0);
  }
}
