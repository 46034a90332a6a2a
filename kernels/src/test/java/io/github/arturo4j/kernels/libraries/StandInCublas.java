// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Set;

/** cuBLAS by plain loops on this machine's own memory, as cublas_api.h declares it; column-major, and strict with its arguments. */
final class StandInCublas {
  /** cublasStatus_t. */
  static final int NOT_INITIALIZED = 1;
  static final int INVALID_VALUE = 7;
  static final int EXECUTION_FAILED = 13;

  private static final long HANDLE = 0x3000;
  private static final int COMPUTE_32F = 68;
  private static final int COMPUTE_32F_FAST_16BF = 75;
  private static final int COMPUTE_32F_FAST_TF32 = 77;

  private final StandInDriver driver;
  int handles;
  int calls;
  int answer;
  float factor = 1;
  private boolean streaming;
  private long workspace;

  StandInCublas(StandInDriver driver) {
    this.driver = driver;
  }

  public synchronized int cublasCreate_v2(MemorySegment handle) {
    if (!driver.current) {
      return NOT_INITIALIZED;
    }
    handles++;
    Upcalls.set(handle, HANDLE);
    return 0;
  }

  public synchronized int cublasDestroy_v2(MemorySegment handle) {
    handles--;
    return check(handle);
  }

  public synchronized int cublasSetStream_v2(MemorySegment handle, MemorySegment stream) {
    streaming = stream.address() == StandInDriver.STREAM;
    workspace = 0; // which a new stream takes away
    return check(handle);
  }

  public synchronized int cublasSetWorkspace_v2(MemorySegment handle, MemorySegment address, long bytes) {
    workspace = driver.allocated.containsKey(address.address()) && bytes == 32L << 20 ? address.address() : 0;
    return check(handle);
  }

  public int cublasSetMathMode(MemorySegment handle, int mode) {
    return mode == 0 ? check(handle) : INVALID_VALUE;
  }

  public int cublasGetProperty(int type, MemorySegment value) {
    Upcalls.set(value, new int[] {13, 1, 2}[type]);
    return 0;
  }

  public MemorySegment cublasGetStatusName(int status) {
    return Upcalls.text(
        Map.of(NOT_INITIALIZED, "CUBLAS_STATUS_NOT_INITIALIZED", EXECUTION_FAILED, "CUBLAS_STATUS_EXECUTION_FAILED")
            .getOrDefault(status, "CUBLAS_STATUS_INVALID_VALUE"));
  }

  private static int check(MemorySegment handle) {
    return handle.address() == HANDLE ? 0 : NOT_INITIALIZED;
  }

  public synchronized int cublasGemmEx(
      MemorySegment handle, int transA, int transB, int m, int n, int k, MemorySegment alpha, MemorySegment a, int typeA, int lda,
      MemorySegment b, int typeB, int ldb, MemorySegment beta, MemorySegment c, int typeC, int ldc, int compute, int algorithm) {
    return cublasGemmStridedBatchedEx(
        handle, transA, transB, m, n, k, alpha, a, typeA, lda, 0, b, typeB, ldb, 0, beta, c, typeC, ldc, 0, 1, compute, algorithm);
  }

  public synchronized int cublasGemmStridedBatchedEx(
      MemorySegment handle, int transA, int transB, int m, int n, int k, MemorySegment alpha, MemorySegment a, int typeA, int lda,
      long strideA, MemorySegment b, int typeB, int ldb, long strideB, MemorySegment beta, MemorySegment c, int typeC, int ldc,
      long strideC, int count, int compute, int algorithm) {
    calls++;
    if (answer != 0) {
      return answer;
    }
    if (check(handle) != 0 || !driver.current || !streaming || workspace == 0) {
      return NOT_INITIALIZED;
    }
    boolean known =
        Set.of(0, 1).contains(transA) && Set.of(0, 1).contains(transB) && typeA == 0 && typeB == 0 && typeC == 0
            && Set.of(COMPUTE_32F, COMPUTE_32F_FAST_16BF, COMPUTE_32F_FAST_TF32).contains(compute) && algorithm == -1;
    boolean fits = lda >= (transA == 0 ? m : k) && ldb >= (transB == 0 ? k : n) && ldc >= m && m > 0 && n > 0 && k > 0 && count > 0;
    if (!known || !fits) {
      return INVALID_VALUE;
    }
    float scale = Upcalls.floatAt(alpha) * factor;
    for (int z = 0; z < count; z++) {
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < m; i++) {
          double sum = 0;
          for (int p = 0; p < k; p++) {
            float left = value(a, z * strideA + (transA == 0 ? i + (long) p * lda : p + (long) i * lda));
            float right = value(b, z * strideB + (transB == 0 ? p + (long) j * ldb : j + (long) p * ldb));
            sum += (double) round(left, compute) * round(right, compute);
          }
          long at = z * strideC + i + (long) j * ldc;
          float before = Upcalls.floatAt(beta) == 0 ? 0 : Upcalls.floatAt(beta) * value(c, at);
          Upcalls.at(c).setAtIndex(ValueLayout.JAVA_FLOAT, at, (float) (scale * sum) + before);
        }
      }
    }
    return 0;
  }

  private static float value(MemorySegment array, long index) {
    return Upcalls.at(array).getAtIndex(ValueLayout.JAVA_FLOAT, index);
  }

  private static float round(float value, int compute) {
    return switch (compute) {
      case COMPUTE_32F_FAST_TF32 -> Rounding.tf32(value);
      case COMPUTE_32F_FAST_16BF -> Rounding.bf16(value);
      default -> value;
    };
  }
}
