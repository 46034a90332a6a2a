// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Products C = op(A)·op(B) of many matrices of the same sizes, such as those of the heads of every example of a batch: of number
 * (i, j), for i below {@code outer} and j below {@code inner}.
 *
 * @param rows rows of op(A) and C
 * @param columns columns of op(B) and C
 * @param terms columns of op(A), rows of op(B)
 * @param transA whether op(A) is the transpose of A, else A; {@code transB} likewise
 */
public record BatchedProduct(
    int outer, int inner, int rows, int columns, int terms, Matrices a, boolean transA, Matrices b, boolean transB,
    Matrices c)
    implements Product {
  /** Of the operands in {@link #layout}, in each: offset and distances. */
  static final int OPERAND = 4;

  @Override
  public int count() {
    return Math.multiplyExact(outer, inner);
  }

  @Override
  public String key() {
    return "batched " + (transA ? "T" : "N") + (transB ? "T" : "N") + " " + count() + " " + rows + " " + columns + " " + terms;
  }

  /** Where the matrices lie, for kernels: of A, B and C the offset, and the distances of rows, outer and inner ones. */
  IntArray layout() {
    return IntArray.fromElements(
        a.offset(), a.row(), a.outer(), a.inner(), b.offset(), b.row(), b.outer(), b.inner(), c.offset(), c.row(), c.outer(),
        c.inner());
  }

  /** For kernels: where in its array the matrix of an operand, counted from 0, begins. */
  static int place(IntArray layout, int operand, int outer, int inner) {
    int at = operand * OPERAND;
    return layout.get(at) + outer * layout.get(at + 2) + inner * layout.get(at + 3);
  }
}
