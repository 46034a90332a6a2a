// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.SplittableRandom;

/** Orthonormal vectors of random directions. */
final class Orthonormal {
  private Orthonormal() {}

  /**
   * Vectors that are normal at first and made orthogonal to those before them, twice, which leaves nothing but rounding
   * (Giraud, Langou, Rozložník, 2005).
   *
   * @param vectors at most {@code length} of them
   * @return [vectors, length]
   */
  static double[][] basis(int vectors, int length, SplittableRandom random) {
    double[][] basis = new double[vectors][length];
    for (int v = 0; v < vectors; v++) {
      for (int i = 0; i < length; i++) {
        basis[v][i] = random.nextGaussian();
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int before = 0; before < v; before++) {
          add(basis[v], -dot(basis[v], basis[before]), basis[before]);
        }
      }
      double norm = Math.sqrt(dot(basis[v], basis[v]));
      for (int i = 0; i < length; i++) {
        basis[v][i] /= norm;
      }
    }
    return basis;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] to, double factor, double[] vector) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * vector[i];
    }
  }
}
