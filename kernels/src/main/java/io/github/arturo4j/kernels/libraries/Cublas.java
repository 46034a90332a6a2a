// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import static io.github.arturo4j.kernels.libraries.Functions.INT;
import static io.github.arturo4j.kernels.libraries.Functions.LONG;
import static io.github.arturo4j.kernels.libraries.Functions.POINTER;

import io.github.arturo4j.kernels.device.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** What of cuBLAS (cublas_v2.h, cublas_api.h) products need. */
final class Cublas {
  private static final String NAME = "cuBLAS";

  /** cublasOperation_t. */
  private static final int OP_N = 0;
  private static final int OP_T = 1;

  /** cublasMath_t: CUBLAS_DEFAULT_MATH, under which a compute type has at least the bits that it says. */
  private static final int DEFAULT_MATH = 0;

  /** cublasComputeType_t. */
  private static final int COMPUTE_32F = 68;
  private static final int COMPUTE_32F_FAST_16BF = 75;
  private static final int COMPUTE_32F_FAST_TF32 = 77;

  /** cublasGemmAlgo_t: CUBLAS_GEMM_DEFAULT, the library's choice. */
  private static final int GEMM_DEFAULT = -1;

  /** cudaDataType_t (library_types.h): CUDA_R_32F. */
  private static final int REAL_32F = 0;

  private static final MemorySegment ONE = Arena.global().allocateFrom(ValueLayout.JAVA_FLOAT, 1f);
  private static final MemorySegment ZERO = Arena.global().allocateFrom(ValueLayout.JAVA_FLOAT, 0f);

  private final Functions functions;
  private final MethodHandle create;
  private final MethodHandle destroy;
  private final MethodHandle setStream;
  private final MethodHandle setWorkspace;
  private final MethodHandle setMathMode;
  private final MethodHandle gemm;
  private final MethodHandle gemms;
  private final MethodHandle property;
  private final MethodHandle statusName;

  /** Those of the library that has these symbols. */
  Cublas(SymbolLookup symbols) {
    functions = new Functions(NAME, symbols);
    create = functions.find("cublasCreate_v2", POINTER);
    destroy = functions.find("cublasDestroy_v2", POINTER);
    setStream = functions.find("cublasSetStream_v2", POINTER, POINTER);
    setWorkspace = functions.find("cublasSetWorkspace_v2", POINTER, POINTER, LONG);
    setMathMode = functions.find("cublasSetMathMode", POINTER, INT);
    gemm =
        functions.find(
            "cublasGemmEx", POINTER, INT, INT, INT, INT, INT, POINTER, POINTER, INT, INT, POINTER, INT, INT, POINTER, POINTER, INT, INT,
            INT, INT);
    gemms =
        functions.find(
            "cublasGemmStridedBatchedEx", POINTER, INT, INT, INT, INT, INT, POINTER, POINTER, INT, INT, LONG, POINTER, INT, INT, LONG,
            POINTER, POINTER, INT, INT, LONG, INT, INT, INT);
    property = functions.find("cublasGetProperty", INT, POINTER);
    statusName = functions.text("cublasGetStatusName");
  }

  /** Name and version, for people. */
  String version() {
    return NAME + " "
        + Versions.of((type, value) -> check("cublasGetProperty", "its version", () -> (int) property.invokeExact(type, value)));
  }

  /**
   * A new handle whose calls go to a stream.
   *
   * @param workspace on the device, of so many bytes: one of the library's own would be allocated by its calls
   */
  MemorySegment create(MemorySegment stream, long workspace, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(POINTER);
      check("cublasCreate", "a plan", () -> (int) create.invokeExact(result));
      MemorySegment handle = result.get(ValueLayout.ADDRESS, 0);
      check("cublasSetStream", "a plan", () -> (int) setStream.invokeExact(handle, stream));
      MemorySegment place = MemorySegment.ofAddress(workspace);
      check("cublasSetWorkspace", bytes + " bytes", () -> (int) setWorkspace.invokeExact(handle, place, bytes));
      check("cublasSetMathMode", "a plan", () -> (int) setMathMode.invokeExact(handle, DEFAULT_MATH));
      return handle;
    }
  }

  /** Ends a handle. */
  void destroy(MemorySegment handle) {
    check("cublasDestroy", "a plan", () -> (int) destroy.invokeExact(handle));
  }

  /**
   * A matrix of cuBLAS, or the first of several: column-major, which for a row-major one is its transpose.
   *
   * @param address on the device
   * @param leading values from one column to the next
   * @param stride values from one matrix to the next
   */
  record Matrix(long address, int leading, long stride) {
    private MemorySegment place() {
      return MemorySegment.ofAddress(address);
    }
  }

  /**
   * C = op(A)·op(B) for {@code count} of each; a single one by the function that may cut its sums.
   *
   * @param m rows of op(A) and C
   * @param n columns of op(B) and C
   * @param k columns of op(A), rows of op(B)
   * @param product what it is a part of, for people
   */
  void gemm(
      MemorySegment handle, boolean transA, boolean transB, int m, int n, int k, Matrix a, Matrix b, Matrix c, int count,
      MatrixProduct product) {
    int opA = transA ? OP_T : OP_N;
    int opB = transB ? OP_T : OP_N;
    int compute = computeType(product.precision());
    if (count == 1) {
      check(
          "cublasGemmEx", product,
          () ->
              (int)
                  gemm.invokeExact(
                      handle, opA, opB, m, n, k, ONE, a.place(), REAL_32F, a.leading, b.place(), REAL_32F, b.leading, ZERO, c.place(),
                      REAL_32F, c.leading, compute, GEMM_DEFAULT));
      return;
    }
    check(
        "cublasGemmStridedBatchedEx", product,
        () ->
            (int)
                gemms.invokeExact(
                    handle, opA, opB, m, n, k, ONE, a.place(), REAL_32F, a.leading, a.stride, b.place(), REAL_32F, b.leading, b.stride,
                    ZERO, c.place(), REAL_32F, c.leading, c.stride, count, compute, GEMM_DEFAULT));
  }

  private static int computeType(Precision precision) {
    return switch (precision) {
      case FP32 -> COMPUTE_32F;
      case TF32 -> COMPUTE_32F_FAST_TF32;
      case BF16 -> COMPUTE_32F_FAST_16BF;
    };
  }

  private void check(String function, Object subject, Functions.Call call) {
    functions.check(function, statusName, subject, call);
  }
}
