// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.blas;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Matrix products on Java arrays: by OpenBLAS, or in Java where its native library does not load. */
public final class Blas {
  private static final Logger LOG = LoggerFactory.getLogger(Blas.class);
  private static final Gemm GEMM = choose();

  private Blas() {}

  private static Gemm choose() {
    try {
      return new OpenBlasGemm();
    } catch (Exception | LinkageError e) {
      Throwable reason = e;
      while (reason.getCause() != null) {
        reason = reason.getCause();
      }
      Gemm java = new JavaGemm();
      LOG.warn(
          "Matrix products are computed in {}, several times slower than by OpenBLAS, which does not load: {}",
          java.name(),
          reason.getMessage());
      return java;
    }
  }

  /** What computes the products, for people. */
  public static String implementation() {
    return GEMM.name();
  }

  /**
   * C = alpha·op(A)·op(B) + beta·C in row-major order, on the calling thread. With beta 0, C may hold anything.
   *
   * @param transA whether op(A) is the transpose of A, else A; {@code transB} likewise
   * @param m rows of op(A) and C
   * @param n columns of op(B) and C
   * @param k columns of op(A), rows of op(B)
   * @param aOffset where A begins in {@code a}; {@code bOffset} and {@code cOffset} likewise
   * @param lda elements from one row of A to the next; {@code ldb} and {@code ldc} likewise
   * @throws IndexOutOfBoundsException if a matrix is not inside its array
   */
  public static void sgemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float beta,
      float[] c,
      int cOffset,
      int ldc) {
    // A native call would read and write outside the arrays.
    check("A", transA ? k : m, transA ? m : k, a, aOffset, lda);
    check("B", transB ? n : k, transB ? k : n, b, bOffset, ldb);
    check("C", m, n, c, cOffset, ldc);
    if (m > 0 && n > 0) {
      GEMM.sgemm(transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset, ldc);
    }
  }

  private static void check(String name, int rows, int columns, float[] array, int offset, int distance) {
    long end = rows == 0 || columns == 0 ? offset : offset + (rows - 1L) * distance + columns;
    if (rows < 0 || columns < 0 || offset < 0 || distance < Math.max(1, columns) || end > array.length) {
      throw new IndexOutOfBoundsException(
          "matrix %s of %d x %d at %d, rows %d apart, is not inside its array of %d elements"
              .formatted(name, rows, columns, offset, distance, array.length));
    }
  }
}
