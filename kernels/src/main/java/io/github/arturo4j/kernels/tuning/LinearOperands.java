// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.tuning;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.LinearProduct;

/** Those of a fully connected layer: x and W, dy and W, or x and dy. */
record LinearOperands(LinearProduct p) implements Operands {
  @Override
  public int left() {
    return p.batch() * (switch (p.pass()) {
      case forward, parameters -> p.in();
      case input -> p.out();
    });
  }

  @Override
  public int right() {
    return p.out() * (switch (p.pass()) {
      case forward, input -> p.in();
      case parameters -> p.batch();
    });
  }

  @Override
  public int result() {
    return p.rows() * p.columns();
  }

  @Override
  public long value(float[] left, float[] right, int index) {
    int weights = p.in() * p.out();
    return switch (p.pass()) {
      case forward -> sum(left, index / p.out() * p.in(), 1, right, index % p.out() * p.in(), 1);
      case input -> sum(left, index / p.in() * p.out(), 1, right, index % p.in(), p.in());
      case parameters -> index < weights
          ? sum(left, index % p.in(), p.in(), right, index / p.in(), p.out())
          : sum(null, 0, 0, right, index - weights, p.out());
    };
  }

  private long sum(float[] left, int l, int leftStep, float[] right, int r, int rightStep) {
    double sum = 0;
    for (int t = 0; t < p.terms(); t++) {
      sum += (left == null ? 1 : left[l + t * leftStep]) * right[r + t * rightStep];
    }
    return (long) sum;
  }

  @Override
  public void addTo(KernelGraph graph, LinearAlgebra algebra, ProductArrays a) {
    String task = ProductArrays.TASK;
    switch (p.pass()) {
      case forward ->
          algebra.linearForward(
              graph, task, a.left, a.right, 0, LinearAlgebra.NO_BIAS, a.result, p.batch(), p.in(), p.out(), false);
      case input -> algebra.linearBackwardInput(graph, task, a.left, a.right, 0, a.result, p.batch(), p.in(), p.out());
      case parameters ->
          algebra.linearBackwardParameters(
              graph, task, a.left, a.right, a.result, 0, p.biased() ? p.in() * p.out() : LinearAlgebra.NO_BIAS, p.batch(), p.in(),
              p.out());
    }
  }
}
