// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

/**
 * {@link io.github.arturo4j.kernels.random.GaussianDraw} in plain double arithmetic: by Box and Muller, from two numbers of 24
 * bits of {@link RandomReference} each.
 */
public record GaussianReference(RandomReference random) {
  /** Of a stream's two key words. */
  public static GaussianReference of(int key, int secondKey) {
    return new GaussianReference(new RandomReference(key, secondKey));
  }

  /** The number of the normal distribution that an element has. */
  public double normal(int element) {
    double half = 0.5 / (1 << 24);
    double radius = random.uniform(2 * element) + half;
    double angle = random.uniform(2 * element + 1) + half;
    return Math.sqrt(-2 * Math.log(radius)) * Math.cos(2 * Math.PI * angle);
  }

  /** The draw of all values. */
  public double[] draw(double scale, double[] mean, double[] deviation) {
    double[] values = new double[mean.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = mean[i] + scale * deviation[i] * normal(i);
    }
    return values;
  }
}
