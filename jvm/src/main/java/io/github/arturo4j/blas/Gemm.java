// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.blas;

/** A library's matrix product; arguments as in {@link Blas#sgemm}, already checked. */
interface Gemm {
  String name();

  void sgemm(
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
      int ldc);
}
