// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.jvm.Workers;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlasTest {
  @Test
  void bothLibrariesAgreeWithThePlainLoop() {
    SplittableRandom random = new SplittableRandom(1);
    for (int[] size : new int[][] {{1, 1, 1}, {3, 5, 7}, {64, 33, 29}, {13, 207, 4}}) {
      for (int variant = 0; variant < 8; variant++) {
        boolean transA = (variant & 1) != 0;
        boolean transB = (variant & 2) != 0;
        float beta = (variant & 4) != 0 ? 0.5f : 0f;
        int m = size[0];
        int n = size[1];
        int k = size[2];
        int lda = (transA ? m : k) + 1;
        int ldb = (transB ? k : n) + 2;
        int ldc = n + 3;
        float[] a = values(random, 2 + (transA ? k : m) * lda);
        float[] b = values(random, 3 + (transB ? n : k) * ldb);
        float[] expected = values(random, 4 + m * ldc);
        float[] actual = expected.clone();
        float[] java = expected.clone();
        loop(transA, transB, m, n, k, a, lda, b, ldb, beta, expected, ldc);
        Blas.sgemm(transA, transB, m, n, k, 2f, a, 2, lda, b, 3, ldb, beta, actual, 4, ldc);
        new JavaGemm().sgemm(transA, transB, m, n, k, 2f, a, 2, lda, b, 3, ldb, beta, java, 4, ldc);
        for (int i = 0; i < actual.length; i++) {
          assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f * k));
          assertThat(java[i]).isCloseTo(expected[i], within(1e-4f * k));
        }
      }
    }
  }

  @Test
  void nothingOutsideTheArraysIsTouched() {
    float[] small = new float[8];
    float[] large = new float[9];
    assertThatThrownBy(() -> Blas.sgemm(false, false, 3, 3, 3, 1f, small, 0, 3, large, 0, 3, 0f, large, 0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Blas.sgemm(false, false, 3, 3, 3, 1f, large, 0, 3, large, 0, 3, 0f, large, 1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static void loop(
      boolean transA, boolean transB, int m, int n, int k, float[] a, int lda, float[] b, int ldb, float beta,
      float[] c, int ldc) {
    for (int row = 0; row < m; row++) {
      for (int column = 0; column < n; column++) {
        double sum = 0;
        for (int i = 0; i < k; i++) {
          float x = a[2 + (transA ? i * lda + row : row * lda + i)];
          sum += (double) x * b[3 + (transB ? column * ldb + i : i * ldb + column)];
        }
        int at = 4 + row * ldc + column;
        c[at] = (float) (2 * sum + beta * c[at]);
      }
    }
  }

  @Test
  void cNeedNotBeInitialisedWithBetaZero() {
    float[] a = {1f, 2f, 3f, 4f};
    for (Gemm gemm : new Gemm[] {new OpenBlasGemm(), new JavaGemm()}) {
      float[] c = {Float.NaN, Float.NaN, Float.NaN, Float.NaN};
      gemm.sgemm(false, true, 2, 2, 2, 1f, a, 0, 2, a, 0, 2, 0f, c, 0, 2);
      assertThat(c).containsExactly(5f, 11f, 11f, 25f);
    }
  }

  @Test
  void anEmptySumScalesC() {
    float[] c = {1f, 2f, 3f, 4f};
    Blas.sgemm(false, false, 2, 2, 0, 1f, new float[0], 0, 1, new float[0], 0, 2, 0.5f, c, 0, 2);
    assertThat(c).containsExactly(0.5f, 1f, 1.5f, 2f);
    Blas.sgemm(false, false, 0, 2, 3, 1f, new float[0], 0, 3, new float[6], 0, 2, 0f, c, 0, 2);
    assertThat(c).containsExactly(0.5f, 1f, 1.5f, 2f);
  }

  @Test
  void severalThreadsMayCallAtOnce() {
    SplittableRandom random = new SplittableRandom(7);
    float[] a = values(random, 67 * 130);
    float[] b = values(random, 130 * 33);
    float[][] c = new float[16][67 * 33];
    Workers.parallel(
        c.length, t -> Blas.sgemm(false, false, 67, 33, 130, 1f, a, 0, 130, b, 0, 33, 0f, c[t], 0, 33));
    for (float[] other : c) {
      assertThat(other).isEqualTo(c[0]);
    }
  }

  @Test
  void sizesWhoseProductOverflowsAreRefused() {
    float[] four = new float[4];
    assertThatThrownBy(() -> Blas.sgemm(false, false, 65_537, 1, 1, 1f, four, 0, 65_536, four, 0, 1, 0f, four, 0, 1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("matrix A");
  }

  @Test
  void saysWhatItIs() {
    assertThat(Blas.implementation()).matches("OpenBLAS \\(\\w+\\)|Java \\(\\w+\\)");
  }

  private static void plain(
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
        double sum = 0;
        for (int i = 0; i < k; i++) {
          double x = a[aOffset + (transA ? i * lda + row : row * lda + i)];
          sum += x * b[bOffset + (transB ? column * ldb + i : i * ldb + column)];
        }
        int at = cOffset + row * ldc + column;
        c[at] = (float) (alpha * sum + beta * c[at]);
      }
    }
  }

  private static float[] values(SplittableRandom random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
