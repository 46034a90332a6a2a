// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.choice;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.BatchedProduct;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.Matrices;
import io.github.arturo4j.kernels.reference.Comparison;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Products of matrices that lie beside one another, as those of heads do, with others that lie one behind the other. */
final class CheckedBatch implements CheckedProduct {
  private static final int OUTER = 3;
  private static final int INNER = 2;
  private static final int ROWS = 17;
  private static final int COLUMNS = 13;
  private static final int TERMS = 7;

  private final BatchedProduct product;
  private final FloatArray a;
  private final FloatArray b;
  private final FloatArray c;

  /** Those of A or its transpose by B or its transpose. */
  CheckedBatch(boolean transA, boolean transB) {
    int height = transA ? TERMS : ROWS;
    int width = transA ? ROWS : TERMS;
    int row = INNER * width + 1;
    int one = TERMS * COLUMNS;
    product =
        new BatchedProduct(
            OUTER, INNER, ROWS, COLUMNS, TERMS, new Matrices(3, row, height * row, width), transA,
            new Matrices(2, transB ? TERMS : COLUMNS, INNER * one, one), transB,
            new Matrices(1, INNER * COLUMNS, ROWS * INNER * COLUMNS, COLUMNS));
    a = CheckedProduct.values(3 + OUTER * height * row, 1);
    b = CheckedProduct.values(2 + OUTER * INNER * one, 2);
    c = CheckedProduct.garbage(2 + OUTER * INNER * ROWS * COLUMNS);
  }

  @Override
  public Stream<FloatArray> arrays() {
    return Stream.of(a, b, c);
  }

  @Override
  public void addTo(KernelGraph graph, LinearAlgebra algebra) {
    algebra.batchedProduct(graph, "products", a, b, c, product);
  }

  @Override
  public List<String> faults(double tolerance) {
    double[] expected = new double[c.getSize()];
    Arrays.fill(expected, Double.NaN);
    for (int o = 0; o < OUTER; o++) {
      for (int i = 0; i < INNER; i++) {
        multiply(o, i, expected);
      }
    }
    String name = "products of A%s by B%s".formatted(product.transA() ? "ᵀ" : "", product.transB() ? "ᵀ" : "");
    return Comparison.difference(name, Comparison.doubles(c), expected, tolerance).stream().toList();
  }

  private void multiply(int outer, int inner, double[] to) {
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        double sum = 0;
        for (int k = 0; k < TERMS; k++) {
          sum +=
              (double) a.get(at(product.a(), outer, inner, product.transA() ? k : row, product.transA() ? row : k))
                  * b.get(at(product.b(), outer, inner, product.transB() ? column : k, product.transB() ? k : column));
        }
        to[at(product.c(), outer, inner, row, column)] = sum;
      }
    }
  }

  private static int at(Matrices matrices, int outer, int inner, int row, int column) {
    return matrices.offset() + outer * matrices.outer() + inner * matrices.inner() + row * matrices.row() + column;
  }
}
