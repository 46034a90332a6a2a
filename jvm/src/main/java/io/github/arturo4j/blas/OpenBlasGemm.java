// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.blas;

import io.github.arturo4j.natives.NativeLibraries;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * OpenBLAS, whose library comes with its Maven artifact. It is called on the Java arrays themselves, without copying
 * them, and on the calling thread alone.
 */
final class OpenBlasGemm implements Gemm {
  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANSPOSE = 111;
  private static final int TRANSPOSE = 112;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final ValueLayout POINTER = ValueLayout.ADDRESS;

  /** Set before the first instance is made, so the calls through it are compiled like calls of a constant. */
  private static final MethodHandle SGEMM;

  private static final String CORE;

  static {
    Linker linker = Linker.nativeLinker();
    SymbolLookup library;
    try {
      library =
          NativeLibraries.load(
              "openblas", "libopenblas.so.0", "libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5");
      linker
          .downcallHandle(library.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(INT))
          .invoke(1);
      MemorySegment core =
          (MemorySegment)
              linker
                  .downcallHandle(library.findOrThrow("openblas_get_corename"), FunctionDescriptor.of(POINTER))
                  .invoke();
      CORE = core.reinterpret(64).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    SGEMM =
        linker.downcallHandle(
            library.findOrThrow("cblas_sgemm"),
            FunctionDescriptor.ofVoid(
                INT, INT, INT, INT, INT, INT, FLOAT, POINTER, INT, POINTER, INT, FLOAT, POINTER, INT),
            Linker.Option.critical(true));
  }

  @Override
  public String name() {
    return "OpenBLAS (" + CORE + ")";
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
    int opA = transA ? TRANSPOSE : NO_TRANSPOSE;
    int opB = transB ? TRANSPOSE : NO_TRANSPOSE;
    MemorySegment pa = at(a, aOffset);
    MemorySegment pb = at(b, bOffset);
    MemorySegment pc = at(c, cOffset);
    try {
      SGEMM.invokeExact(ROW_MAJOR, opA, opB, m, n, k, alpha, pa, lda, pb, ldb, beta, pc, ldc);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MemorySegment at(float[] array, int offset) {
    return MemorySegment.ofArray(array).asSlice((long) offset * Float.BYTES);
  }
}
