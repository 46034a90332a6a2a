// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.blas;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;

/** The matrix product in Java: with {@code --add-modules jdk.incubator.vector} on vectors, else on scalars. */
final class JavaGemm implements Gemm {
  private final BLAS blas = JavaBLAS.getInstance();

  @Override
  public String name() {
    return "Java (" + blas.getClass().getSimpleName() + ")";
  }

  @Override
  public void sgemm(
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
    // In column-major order, which this library expects, our matrices are their transposes: C' = op(B)' op(A)'.
    String first = transB ? "T" : "N";
    String second = transA ? "T" : "N";
    blas.sgemm(first, second, n, m, k, alpha, b, bOffset, ldb, a, aOffset, lda, beta, c, cOffset, ldc);
  }
}
