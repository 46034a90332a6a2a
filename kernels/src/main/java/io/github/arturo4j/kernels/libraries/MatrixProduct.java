// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import io.github.arturo4j.kernels.device.Precision;

/**
 * Products C = op(A)·op(B) of many row-major matrices of the same sizes: of number (i, j), for i below {@code outer} and j below
 * {@code inner}.
 *
 * @param rows rows of op(A) and C
 * @param columns columns of op(B) and C
 * @param terms columns of op(A), rows of op(B)
 * @param transA whether op(A) is the transpose of A, else A; {@code transB} likewise
 */
public record MatrixProduct(
    int outer, int inner, int rows, int columns, int terms, Operand a, boolean transA, Operand b, boolean transB, Operand c,
    Precision precision) {
  /**
   * Where the matrices of an operand are in their array: number (i, j) begins at {@code offset + i · outer + j · inner}.
   *
   * @param row values from one row of a matrix to the next
   */
  public record Operand(long offset, int row, long outer, long inner) {
    /** A single one. */
    public static Operand single(long offset, int row) {
      return new Operand(offset, row, 0, 0);
    }

    /** Whether all matrices are as far from each other as the inner ones. */
    private boolean isRegular(int inners) {
      return outer == inner * inners;
    }
  }

  /** Checks that no matrix' rows overlap, which cuBLAS refuses. */
  public MatrixProduct {
    check("A", a, transA ? rows : terms);
    check("B", b, transB ? terms : columns);
    check("C", c, columns);
  }

  private static void check(String name, Operand operand, int width) {
    if (operand.row < width) {
      throw new IllegalArgumentException("rows of " + name + " are " + width + " values long but " + operand.row + " apart");
    }
  }

  /** Values of all C. */
  long results() {
    return (long) outer * inner * rows * columns;
  }

  /**
   * The products that one call computes, the inner or the outer ones or all, and how often it is made.
   *
   * @param count products of a call
   * @param calls calls
   * @param outerFirst whether a call is for the outer ones, else for the inner ones
   */
  record Calls(int count, int calls, boolean outerFirst) {}

  /** The least calls. */
  Calls calls() {
    if (inner == 1) {
      return new Calls(outer, 1, true);
    }
    if (outer == 1 || a.isRegular(inner) && b.isRegular(inner) && c.isRegular(inner)) {
      return new Calls(outer * inner, 1, false);
    }
    return outer > inner ? new Calls(outer, inner, true) : new Calls(inner, outer, false);
  }

  @Override
  public String toString() {
    return (outer * inner == 1 ? "a product" : outer * inner + " products") + " of " + rows + "×" + terms + " by " + terms + "×" + columns
        + " (" + precision + ")";
  }
}
