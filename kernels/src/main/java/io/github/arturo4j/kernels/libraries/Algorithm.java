// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import io.github.arturo4j.kernels.device.Precision;
import io.github.arturo4j.kernels.inspect.DeviceException;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/**
 * What cuDNN says of an algorithm: cudnnConvolutionFwdAlgoPerf_t and its like.
 *
 * @param number of the algorithm
 * @param status 0 if it can be used
 * @param memory bytes of workspace
 * @param determinism a cudnnDeterminism_t
 * @param mathType a cudnnMathType_t
 */
record Algorithm(int number, int status, long memory, int determinism, int mathType) {
  /** cudnnMathType_t: CUDNN_DEFAULT_MATH, which from compute capability 8.0 on multiplies as TF32. */
  private static final int DEFAULT_MATH = 0;

  /** CUDNN_TENSOR_OP_MATH, tensor cores without a conversion to half precision. */
  private static final int TENSOR_OP_MATH = 1;

  /** CUDNN_FMA_MATH, 32-bit products alone. */
  private static final int FMA_MATH = 3;

  /** cudnnDeterminism_t: CUDNN_DETERMINISTIC. */
  private static final int DETERMINISTIC = 1;

  /** As cudnnConvolutionFwdAlgoPerf_t is declared, the time and what is reserved included. */
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_INT.withName("algo"),
          ValueLayout.JAVA_INT.withName("status"),
          ValueLayout.JAVA_FLOAT.withName("time"),
          MemoryLayout.paddingLayout(4),
          ValueLayout.JAVA_LONG.withName("memory"),
          ValueLayout.JAVA_INT.withName("determinism"),
          ValueLayout.JAVA_INT.withName("mathType"),
          MemoryLayout.sequenceLayout(3, ValueLayout.JAVA_INT).withName("reserved"),
          MemoryLayout.paddingLayout(4));

  private static Algorithm at(MemorySegment place) {
    return new Algorithm(
        place.get(ValueLayout.JAVA_INT, 0), place.get(ValueLayout.JAVA_INT, 4), place.get(ValueLayout.JAVA_LONG, 16),
        place.get(ValueLayout.JAVA_INT, 24), place.get(ValueLayout.JAVA_INT, 28));
  }

  /** The math type that algorithms are asked for. */
  static int mathType(Precision precision) {
    return precision == Precision.FP32 ? FMA_MATH : TENSOR_OP_MATH;
  }

  /**
   * The first that can be used, computes the same each time, rounds no more than the precision says, and takes no more workspace than the
   * limit.
   *
   * @throws DeviceException if there is none
   */
  static Algorithm choose(MemorySegment results, int count, long limit, Convolution subject) {
    return IntStream.range(0, count)
        .mapToObj(i -> at(results.asSlice(i * LAYOUT.byteSize(), LAYOUT)))
        .filter(found -> found.status == 0 && found.determinism == DETERMINISTIC && found.memory <= limit)
        .filter(found -> found.isExactEnough(subject.precision()))
        .findFirst()
        .orElseThrow(
            () ->
                new DeviceException(
                    "cuDNN: none of " + count + " algorithms is deterministic, exact enough and content with " + (limit >> 20)
                        + " MiB of workspace for " + subject + Functions.REMEDY));
  }

  /** With the math type of what it is asked for, default math is no more than that. */
  private boolean isExactEnough(Precision precision) {
    return mathType == DEFAULT_MATH || mathType == FMA_MATH || mathType == TENSOR_OP_MATH && precision != Precision.FP32;
  }

  /** The math type that it is to be used with: for fp32, none that allows tensor cores, whatever was said of it. */
  int usedWith(Precision precision) {
    return precision == Precision.FP32 ? FMA_MATH : mathType;
  }
}
