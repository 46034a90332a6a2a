// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Compares what a device has computed with what a reference has. */
public final class Comparison {
  private Comparison() {}

  /** The first value that is not within {@code tolerance} · (1 + |expected|), in words; empty if all are. */
  public static Optional<String> difference(String name, double[] actual, double[] expected, double tolerance) {
    return difference(name, actual, expected, x -> tolerance * (1 + Math.abs(x)));
  }

  /**
   * The first value that is farther from the expected one than that one allows, in words; empty if none is. NaN is
   * expected where the reference has NaN.
   */
  public static Optional<String> difference(
      String name, double[] actual, double[] expected, DoubleUnaryOperator allowed) {
    for (int i = 0; i < expected.length; i++) {
      double distance = Math.abs(actual[i] - expected[i]);
      if (!(distance <= allowed.applyAsDouble(expected[i]))
          && !(Double.isNaN(actual[i]) && Double.isNaN(expected[i]))) {
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
