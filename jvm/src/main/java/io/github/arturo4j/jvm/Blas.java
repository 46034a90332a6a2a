// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Matrix products on Java arrays, by OpenBLAS, which comes with its Maven artifact and is called without copying; by a
 * plain loop where that library does not load.
 */
public final class Blas {
  private static final Logger LOG = LoggerFactory.getLogger(Blas.class);
  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANSPOSE = 111;
  private static final int TRANSPOSE = 112;
  private static final MethodHandle SGEMM = find();

  private Blas() {}

  private static MethodHandle find() {
    try {
      Loader.load(openblas_nolapack.class);
      Linker linker = Linker.nativeLinker();
      SymbolLookup library = SymbolLookup.loaderLookup();
      MethodHandle threads =
          linker.downcallHandle(
              library.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
      threads.invokeExact(1);
      ValueLayout.OfInt i = ValueLayout.JAVA_INT;
      ValueLayout.OfFloat f = ValueLayout.JAVA_FLOAT;
      ValueLayout p = ValueLayout.ADDRESS;
      return linker.downcallHandle(
          library.findOrThrow("cblas_sgemm"),
          FunctionDescriptor.ofVoid(i, i, i, i, i, i, f, p, i, p, i, f, p, i),
          Linker.Option.critical(true));
    } catch (Throwable e) {
      LOG.warn(
          "OpenBLAS does not load ({}), so matrix products are slow; org.bytedeco:openblas has no library for this"
              + " platform, or a file of it is missing on the class path",
          e.toString());
      return null;
    }
  }

  /** What computes the products. */
  public static String implementation() {
    return SGEMM == null ? "plain Java loop" : "OpenBLAS";
  }

  /**
   * C = alpha·op(A)·op(B) + beta·C in row-major order, on the calling thread.
   *
   * @param m rows of op(A) and C
   * @param n columns of op(B) and C
   * @param k columns of op(A), rows of op(B)
   * @param lda distance of A's rows; {@code ldb} and {@code ldc} likewise
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
    // A native call must not read or write outside the arrays.
    java.util.Objects.checkFromIndexSize(aOffset, ((transA ? k : m) - 1) * lda + (transA ? m : k), a.length);
    java.util.Objects.checkFromIndexSize(bOffset, ((transB ? n : k) - 1) * ldb + (transB ? k : n), b.length);
    java.util.Objects.checkFromIndexSize(cOffset, (m - 1) * ldc + n, c.length);
    if (SGEMM == null) {
      loop(transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset, ldc);
      return;
    }
    try {
      SGEMM.invokeExact(
          ROW_MAJOR,
          transA ? TRANSPOSE : NO_TRANSPOSE,
          transB ? TRANSPOSE : NO_TRANSPOSE,
          m,
          n,
          k,
          alpha,
          at(a, aOffset),
          lda,
          at(b, bOffset),
          ldb,
          beta,
          at(c, cOffset),
          ldc);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MemorySegment at(float[] array, int offset) {
    return MemorySegment.ofArray(array).asSlice((long) offset * Float.BYTES);
  }

  /** The same in Java. */
  static void loop(
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
    for (int row = 0; row < m; row++) {
      for (int column = 0; column < n; column++) {
        float sum = 0f;
        for (int i = 0; i < k; i++) {
          float x = a[aOffset + (transA ? i * lda + row : row * lda + i)];
          float y = b[bOffset + (transB ? column * ldb + i : i * ldb + column)];
          sum += x * y;
        }
        int at = cOffset + row * ldc + column;
        c[at] = alpha * sum + (beta == 0f ? 0f : beta * c[at]);
      }
    }
  }
}
