// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

/** A product of matrices that a layer consists of, as {@link LinearAlgebra} is asked for it: which, and of what sizes. */
public sealed interface Product permits LinearProduct, ConvolutionProduct, BatchedProduct {
  /** A name that products have in common if they are the same, such as {@code "linear forward 255 784 128"}. */
  String key();

  /** Rows of the result. */
  int rows();

  /** Columns of the result. */
  int columns();

  /** Products that each result sums. */
  int terms();

  /** How many products of these sizes it is. */
  default int count() {
    return 1;
  }

  /** Multiplications and additions. */
  default long flops() {
    return 2L * count() * rows() * columns() * terms();
  }
}
