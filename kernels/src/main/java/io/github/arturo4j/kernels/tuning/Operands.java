// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.tuning;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;

/**
 * A product's factors and result as flat arrays, as {@link LinearAlgebra} takes them, and each value of the result as the plain sum that
 * it is.
 */
interface Operands {
  /** Values of the first factor. */
  int left();

  /** Values of the second factor. */
  int right();

  /** Values of the result. */
  int result();

  /** The sum that a value of the result is: exact where the factors are small whole numbers. */
  long value(float[] left, float[] right, int index);

  /** Adds the product's tasks. */
  void addTo(KernelGraph graph, LinearAlgebra algebra, ProductArrays arrays);
}
