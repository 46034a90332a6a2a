// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.nn.SumKernels;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.ReluReference;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Sums of two paths, and of the gradients that come back on both. */
final class ResidualCheck {
  private static final double TOLERANCE = 1e-6;
  private static final int[] SIZES = {1, 4, 13, 207, 4098};

  private ResidualCheck() {}

  static void run(CheckContext probe) {
    for (int size : SIZES) {
      check(probe, size);
    }
  }

  private static void check(CheckContext probe, int size) {
    FloatArray a = probe.values(size);
    FloatArray b = probe.values(size);
    FloatArray y = probe.garbage(size);
    FloatArray dy = probe.values(size);
    FloatArray through = probe.garbage(size);
    double[] upstream = Comparison.doubles(dy);
    probe.run(
        g -> {
          g.add(t -> t.task("add", SumKernels::add, a, b, y, 0f));
          g.add(t -> t.task("copy", SumKernels::copy, dy, through));
          g.add(t -> t.task("relu", SumKernels::accumulateThroughRelu, through, b, y));
          g.add(t -> t.task("accumulate", SumKernels::accumulate, dy, b));
        },
        a, b, y, dy, through);
    double[] sum = new double[size];
    Arrays.setAll(sum, i -> Math.max(0, (double) a.get(i) + b.get(i)));
    double[] both = new double[size];
    Arrays.setAll(both, i -> upstream[i] + b.get(i));
    probe.expect(size + " values: sum", y, sum, TOLERANCE);
    probe.expect(size + " values: gradient", dy, both, TOLERANCE);
    probe.expect(size + " values: gradient through a ReLU", through, ReluReference.backward(both, sum, 1), TOLERANCE);
  }
}
