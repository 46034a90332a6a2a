// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.SplittableRandom;

/** How the values of a tensor begin. */
public sealed interface Initializer {
  /** Uniform in ± 1/√fanIn, the default of PyTorch's Conv2d and Linear for weights and biases. */
  static Initializer ofFanIn(int fanIn) {
    return new Uniform(1 / Math.sqrt(fanIn));
  }

  /** The next value. */
  float next(SplittableRandom random);

  /**
   * Uniform in ± bound.
   *
   * @param bound 1/√fanIn is the default of PyTorch's Conv2d and Linear
   */
  record Uniform(double bound) implements Initializer {
    @Override
    public float next(SplittableRandom random) {
      return (float) ((2 * random.nextDouble() - 1) * bound);
    }
  }

  /**
   * Normal around 0.
   *
   * @param deviation √(2/fanOut) keeps the variance of gradients through ReLUs (He et al., ICCV 2015)
   */
  record Normal(double deviation) implements Initializer {
    @Override
    public float next(SplittableRandom random) {
      return (float) (random.nextGaussian() * deviation);
    }
  }

  /** The same value everywhere. */
  record Constant(float value) implements Initializer {
    @Override
    public float next(SplittableRandom random) {
      return value;
    }
  }
}
