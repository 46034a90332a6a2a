// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.blas.Blas;
import io.github.arturo4j.jvm.HeapArrays;
import io.github.arturo4j.jvm.Workers;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** {@link BatchedProduct} on the JVM device: a BLAS product for each matrix, neighbours by the same worker. */
final class BlasBatchedProduct {
  private BlasBatchedProduct() {}

  /** Task: all the products; {@code transA} and {@code transB} are 1 or 0. */
  static void multiply(
      FloatArray a, FloatArray b, FloatArray c, IntArray layout, int outer, int inner, int rows, int columns, int terms,
      int transA, int transB) {
    float[] left = HeapArrays.of(a);
    float[] right = HeapArrays.of(b);
    float[] product = HeapArrays.of(c);
    int count = outer * inner;
    int workers = Math.min(count, Workers.count());
    Workers.parallel(
        workers,
        worker -> {
          int end = (int) ((long) count * (worker + 1) / workers);
          for (int z = (int) ((long) count * worker / workers); z < end; z++) {
            int o = z / inner;
            int i = z % inner;
            Blas.sgemm(
                transA == 1, transB == 1, rows, columns, terms, 1f, left, BatchedProduct.place(layout, 0, o, i),
                layout.get(1), right, BatchedProduct.place(layout, 1, o, i), layout.get(BatchedProduct.OPERAND + 1), 0f,
                product, BatchedProduct.place(layout, 2, o, i), layout.get(2 * BatchedProduct.OPERAND + 1));
          }
        });
  }
}
