// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

/**
 * Where the row-major matrices of a {@link BatchedProduct} lie in their array: number (i, j) of them begins at
 * {@code offset + i · outer + j · inner}.
 *
 * @param row values from one row of a matrix to the next
 */
public record Matrices(int offset, int row, int outer, int inner) {}
