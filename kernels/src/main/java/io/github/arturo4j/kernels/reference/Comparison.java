// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import java.util.Optional;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Compares what a device has computed with what a reference has. */
public final class Comparison {
  private Comparison() {}

  /**
   * The first value that is not within {@code tolerance} · (1 + |expected|), in words; empty if all are. NaN is expected
   * where the reference has NaN.
   */
  public static Optional<String> difference(String name, double[] actual, double[] expected, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      double allowed = tolerance * (1 + Math.abs(expected[i]));
      if (!(Math.abs(actual[i] - expected[i]) <= allowed) && !(Double.isNaN(actual[i]) && Double.isNaN(expected[i]))) {
        return Optional.of(name + "[" + i + "] is " + (float) actual[i] + ", expected " + (float) expected[i]);
      }
    }
    return Optional.empty();
  }

  /** The values in double. */
  public static double[] doubles(FloatArray values) {
    return doubles(values.toHeapArray());
  }

  /** The values in double. */
  public static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** The values in double. */
  public static double[] doubles(IntArray values) {
    double[] doubles = new double[values.getSize()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values.get(i);
    }
    return doubles;
  }
}
