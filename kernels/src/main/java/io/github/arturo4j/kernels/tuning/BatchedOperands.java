// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.tuning;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.BatchedProduct;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.Matrices;

/** Those of many products, wherever their factors lie. */
record BatchedOperands(BatchedProduct p) implements Operands {
  @Override
  public int left() {
    return size(p.a(), p.transA() ? p.terms() : p.rows(), p.transA() ? p.rows() : p.terms());
  }

  @Override
  public int right() {
    return size(p.b(), p.transB() ? p.columns() : p.terms(), p.transB() ? p.terms() : p.columns());
  }

  @Override
  public int result() {
    return p.count() * p.rows() * p.columns();
  }

  private int size(Matrices m, int rows, int columns) {
    return m.offset() + (p.outer() - 1) * m.outer() + (p.inner() - 1) * m.inner() + (rows - 1) * m.row() + columns;
  }

  @Override
  public long value(float[] left, float[] right, int index) {
    int column = index % p.columns();
    int row = index / p.columns() % p.rows();
    int inner = index / (p.columns() * p.rows()) % p.inner();
    int outer = index / (p.columns() * p.rows() * p.inner());
    int a = begin(p.a(), outer, inner);
    int b = begin(p.b(), outer, inner);
    double sum = 0;
    for (int t = 0; t < p.terms(); t++) {
      float factor = left[a + (p.transA() ? t * p.a().row() + row : row * p.a().row() + t)];
      sum += factor * right[b + (p.transB() ? column * p.b().row() + t : t * p.b().row() + column)];
    }
    return (long) sum;
  }

  private static int begin(Matrices m, int outer, int inner) {
    return m.offset() + outer * m.outer() + inner * m.inner();
  }

  /** The results one behind the other, so that each has an index. */
  @Override
  public void addTo(KernelGraph graph, LinearAlgebra algebra, ProductArrays arrays) {
    int size = p.rows() * p.columns();
    Matrices c = new Matrices(0, p.columns(), p.inner() * size, size);
    algebra.batchedProduct(
        graph, ProductArrays.TASK, arrays.left, arrays.right, arrays.result,
        new BatchedProduct(p.outer(), p.inner(), p.rows(), p.columns(), p.terms(), p.a(), p.transA(), p.b(), p.transB(), c));
  }
}
