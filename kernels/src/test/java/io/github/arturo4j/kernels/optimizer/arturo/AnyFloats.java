// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/** Numbers of all sizes, for tests of what is promised of all numbers. */
final class AnyFloats {
  private AnyFloats() {}

  /** A power of ten, its exponent anywhere between the two. */
  static double power(RandomGenerator random, double min, double max) {
    return Math.pow(10, random.nextDouble(min, Math.nextUp(max)));
  }

  /** Finite floats from 0 and the least to the greatest: of one scale, of many, or all the same. */
  static float[] anyFinite(RandomGenerator random, int n) {
    double scale = random.nextBoolean() ? power(random, -3, 3) : power(random, -45, 38.5);
    double zeros = random.nextInt(3) == 0 ? random.nextDouble() : 0;
    DoubleSupplier value =
        switch (random.nextInt(4)) {
          case 0 -> () -> random.nextGaussian() * power(random, -45, 38.5);
          case 1 -> {
            double same = random.nextGaussian() * scale;
            yield () -> same;
          }
          default -> () -> random.nextGaussian() * scale;
        };
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      double x = random.nextDouble() < zeros ? 0 : value.getAsDouble();
      values[i] = (float) Math.clamp(x, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
    return values;
  }
}
