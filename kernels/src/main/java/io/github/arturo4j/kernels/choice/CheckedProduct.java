// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.choice;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Products with inputs of their own, and what they must be. */
interface CheckedProduct {
  /** Inputs and results. */
  Stream<FloatArray> arrays();

  /** Adds the tasks. */
  void addTo(KernelGraph graph, LinearAlgebra algebra);

  /** What is wrong with the results, a line each. */
  List<String> faults(double tolerance);

  /** n values, uniform in [−1, 1). */
  static FloatArray values(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FloatArray array = new FloatArray(n);
    for (int i = 0; i < n; i++) {
      array.set(i, (float) random.nextDouble(-1, 1));
    }
    return array;
  }

  /** n values that no product must leave behind, and none must touch beside its own. */
  static FloatArray garbage(int n) {
    FloatArray array = new FloatArray(n);
    array.init(Float.NaN);
    return array;
  }
}
