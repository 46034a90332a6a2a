// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.blas.Blas;
import io.github.arturo4j.jvm.HeapArrays;
import io.github.arturo4j.jvm.Workers;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Fully connected layers on the JVM device: a BLAS product for each worker, on its share of the rows. */
final class BlasLinear {
  private BlasLinear() {}

  private interface Rows {
    void run(int first, int rows);
  }

  private static void rows(int total, Rows body) {
    int workers = Math.min(total, Workers.count());
    Workers.parallel(
        workers,
        worker -> {
          int first = total * worker / workers;
          body.run(first, total * (worker + 1) / workers - first);
        });
  }

  /** Task: y = x·Wᵀ + bias, without bias where its offset is negative, then ReLU if {@code relu} is 1. */
  static void forward(
      FloatArray x, FloatArray parameters, FloatArray y, int weight, int bias, int relu, int batch, int in, int out) {
    float[] a = HeapArrays.of(x);
    float[] w = HeapArrays.of(parameters);
    float[] c = HeapArrays.of(y);
    rows(
        batch,
        (first, count) -> {
          Blas.sgemm(false, true, count, out, in, 1f, a, first * in, in, w, weight, in, 0f, c, first * out, out);
          for (int b = first; bias >= 0 && b < first + count; b++) {
            add(c, b * out, w, bias, out);
          }
          if (relu == 1) {
            rectify(c, first * out, count * out);
          }
        });
  }

  private static void add(float[] to, int toAt, float[] from, int fromAt, int length) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] += from[fromAt + i];
    }
  }

  private static void rectify(float[] values, int at, int length) {
    for (int i = at; i < at + length; i++) {
      values[i] = Math.max(values[i], 0f);
    }
  }

  /** Task: dx = dy·W. */
  static void backwardInput(
      FloatArray dy, FloatArray parameters, FloatArray dx, int weight, int batch, int in, int out) {
    float[] a = HeapArrays.of(dy);
    float[] w = HeapArrays.of(parameters);
    float[] c = HeapArrays.of(dx);
    rows(
        batch,
        (first, count) ->
            Blas.sgemm(false, false, count, in, out, 1f, a, first * out, out, w, weight, in, 0f, c, first * in, in));
  }

  /** Task: dW = dyᵀ·x, and dbias, if its offset is not negative. */
  static void backwardParameters(
      FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias, int batch, int in, int out) {
    float[] a = HeapArrays.of(dy);
    float[] b = HeapArrays.of(x);
    float[] c = HeapArrays.of(gradients);
    rows(
        out,
        (first, count) -> {
          Blas.sgemm(true, false, count, in, batch, 1f, a, first, out, b, 0, in, 0f, c, weight + first * in, in);
          if (bias >= 0) {
            Arrays.fill(c, bias + first, bias + first + count, 0f);
            for (int r = 0; r < batch; r++) {
              add(c, bias + first, a, r * out + first, count);
            }
          }
        });
  }
}
