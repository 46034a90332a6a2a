// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.Decay;
import io.github.arturo4j.kernels.device.NanMath;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Smooth activations, and the leaky and the limited rectifier, value by value, and their gradients, which change dy in place. NaN stays
 * NaN. (The rectifier itself is in {@link ReluKernels}.)
 */
public final class ActivationKernels {
  private static final float SQRT_HALF = 0.70710678f;
  private static final float INVERSE_SQRT_TWO_PI = 0.39894228f;
  private static final float TWICE_SQRT_TWO_OVER_PI = 1.5957691f;
  private static final float HUGE = 1e30f;
  private static final float CUBIC = 0.044715f;

  /** Beyond ± that, the slope of {@link #geluTanh} is 0 or 1 to a float. */
  private static final float GELU_FLAT = 10f;

  private ActivationKernels() {}

  /** y = x Φ(x), Φ being the distribution function of the standard normal: Hendrycks, Gimpel, arXiv 1606.08415. */
  public static void gelu(FloatArray x, FloatArray y) {
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      float value = x.get(i);
      y.set(i, value * normal(value, TornadoMath.exp(-0.5f * value * value)));
    }
  }

  /** The gradient of {@link #gelu}: dy is multiplied by Φ(x) + x φ(x), φ being the normal density. */
  public static void geluBackward(FloatArray dy, FloatArray x) {
    for (@Parallel int i = 0; i < dy.getSize(); i++) {
      float value = x.get(i);
      float bell = TornadoMath.exp(-0.5f * value * value);
      dy.set(i, dy.get(i) * (normal(value, bell) + value * (bell * INVERSE_SQRT_TWO_PI)));
    }
  }

  /**
   * Φ(x) = ½ erfc(−x/√2), within 8e-8, by formula 7.1.26 of Abramowitz, Stegun, Handbook of Mathematical Functions, 1964
   * (Hastings): erfc(z) ≈ t (a₁ + t (a₂ + …)) exp(−z²) for z ≥ 0, with t = 1 / (1 + p z).
   *
   * @param bell exp(−x²/2), which is exp(−z²)
   */
  static float normal(float x, float bell) {
    float t = 1f / (1f + 0.3275911f * SQRT_HALF * TornadoMath.abs(x));
    float series =
        t * (0.254829592f + t * (-0.284496736f + t * (1.421413741f + t * (-1.453152027f + t * 1.061405429f))));
    float tail = 0.5f * series * bell;
    return x < 0f ? tail : 1f - tail;
  }

  /**
   * y = x σ(2u), u = √(2/π) (x + 0.044715 x³), which is x (1 + tanh u) / 2: {@link #gelu} but for 5e-4. With e = exp(−|2u|) it is
   * x / (1 + e) where x is positive, else x e / (1 + e).
   */
  public static void geluTanh(FloatArray x, FloatArray y) {
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      float value = x.get(i);
      float e = Decay.of(TornadoMath.abs(TWICE_SQRT_TWO_OVER_PI * value * (1f + CUBIC * value * value)));
      float below = NanMath.atLeast(NanMath.atMost(value, 0f), -GELU_FLAT);
      y.set(i, (NanMath.atLeast(value, 0f) + below * e) / (1f + e));
    }
  }

  /** The gradient of {@link #geluTanh}: dy is multiplied by σ(2u) + x σ(2u) (1 − σ(2u)) 2u′. */
  public static void geluTanhBackward(FloatArray dy, FloatArray x) {
    for (@Parallel int i = 0; i < dy.getSize(); i++) {
      float value = NanMath.atMost(NanMath.atLeast(x.get(i), -GELU_FLAT), GELU_FLAT);
      float square = CUBIC * value * value;
      float e = Decay.of(TornadoMath.abs(TWICE_SQRT_TWO_OVER_PI * value * (1f + square)));
      float share = 1f / (1f + e);
      float positive = NanMath.atMost(NanMath.atLeast(value * HUGE, 0f), 1f); // where it is not 0 or 1, e is 1
      float slope = value * (e * share) * (TWICE_SQRT_TWO_OVER_PI * (1f + 3f * square));
      dy.set(i, dy.get(i) * ((positive + (1f - positive) * e + slope) * share));
    }
  }

  /** y = x σ(x) with the {@link #sigmoid}: Elfwing, Uchibe, Doya, Neural Networks 107, 2018. */
  public static void silu(FloatArray x, FloatArray y) {
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      y.set(i, x.get(i) / (1f + TornadoMath.exp(-x.get(i))));
    }
  }

  /** The gradient of {@link #silu}: dy is multiplied by σ(x) (1 + x (1 − σ(x))). */
  public static void siluBackward(FloatArray dy, FloatArray x) {
    for (@Parallel int i = 0; i < dy.getSize(); i++) {
      float s = 1f / (1f + TornadoMath.exp(-x.get(i)));
      dy.set(i, dy.get(i) * (s * (1f + x.get(i) * (1f - s))));
    }
  }

  /** y = x, times {@code slope} where x is negative: Maas, Hannun, Ng, ICML 2013. */
  public static void leakyRelu(FloatArray x, FloatArray y, float slope) {
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      float value = x.get(i);
      y.set(i, value > 0f ? value : value * slope);
    }
  }

  /** The gradient of {@link #leakyRelu}: dy is multiplied by 1 where x is positive, elsewhere by {@code slope}. */
  public static void leakyReluBackward(FloatArray dy, FloatArray x, float slope) {
    for (@Parallel int i = 0; i < dy.getSize(); i++) {
      float gradient = dy.get(i);
      dy.set(i, x.get(i) > 0f ? gradient : gradient * slope);
    }
  }

  /** y = x where it is positive, elsewhere {@code alpha} (exp(x) − 1): Clevert, Unterthiner, Hochreiter, ICLR 2016. */
  public static void elu(FloatArray x, FloatArray y, float alpha) {
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      float below = NanMath.atMost(x.get(i), 0f);
      y.set(i, NanMath.atLeast(x.get(i), 0f) + alpha * (TornadoMath.exp(below) - 1f));
    }
  }

  /** The gradient of {@link #elu}: dy is multiplied by 1 where x is positive, elsewhere by {@code alpha} exp(x). */
  public static void eluBackward(FloatArray dy, FloatArray x, float alpha) {
    for (@Parallel int i = 0; i < dy.getSize(); i++) {
      float value = x.get(i);
      float positive = NanMath.step(NanMath.atLeast(value, 0f));
      float below = alpha * TornadoMath.exp(NanMath.atMost(value, 0f));
      dy.set(i, dy.get(i) * (positive + (1f - positive) * below));
    }
  }

  /** y = min(max(0, x), 6): Krizhevsky, <i>Convolutional Deep Belief Networks on CIFAR-10</i>, 2010. */
  public static void relu6(FloatArray x, FloatArray y) {
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      y.set(i, NanMath.atMost(NanMath.atLeast(x.get(i), 0f), 6f));
    }
  }

  /** The gradient of {@link #relu6}: dy is multiplied by 1 where x is between 0 and 6, elsewhere by 0. */
  public static void relu6Backward(FloatArray dy, FloatArray x) {
    for (@Parallel int i = 0; i < dy.getSize(); i++) {
      float above = NanMath.step(NanMath.atLeast(x.get(i), 0f));
      float below = NanMath.step(NanMath.atLeast(6f - x.get(i), 0f));
      dy.set(i, dy.get(i) * (above * below));
    }
  }

  /** y = σ(x) = 1 / (1 + exp(−x)). */
  public static void sigmoid(FloatArray x, FloatArray y) {
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      y.set(i, 1f / (1f + TornadoMath.exp(-x.get(i))));
    }
  }

  /**
   * The gradient of {@link #sigmoid}: dy is multiplied by y (1 − y).
   *
   * @param y what the sigmoid has put out
   */
  public static void sigmoidBackward(FloatArray dy, FloatArray y) {
    for (@Parallel int i = 0; i < dy.getSize(); i++) {
      dy.set(i, dy.get(i) * (y.get(i) * (1f - y.get(i))));
    }
  }

  /**
   * y = tanh(x): where |x| is below 0.625 by the polynomial of tanhf in Moshier's Cephes library, elsewhere from exp(2|x|).
   * (Not named tanh, as OpenCL's own function is.)
   */
  public static void hyperbolicTangent(FloatArray x, FloatArray y) {
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      float value = x.get(i);
      float size = TornadoMath.abs(value);
      float z = value * value;
      float series =
          (((-5.70498872745e-3f * z + 2.06390887954e-2f) * z - 5.37397155531e-2f) * z + 1.33314422036e-1f) * z
              - 3.33332819422e-1f;
      float large = 1f - 2f / (TornadoMath.exp(2f * size) + 1f);
      float signed = value < 0f ? -large : large;
      y.set(i, size < 0.625f ? value + value * z * series : signed);
    }
  }

  /**
   * The gradient of {@link #hyperbolicTangent}: dy is multiplied by 1 − y².
   *
   * @param y what it has put out
   */
  public static void hyperbolicTangentBackward(FloatArray dy, FloatArray y) {
    for (@Parallel int i = 0; i < dy.getSize(); i++) {
      dy.set(i, dy.get(i) * (1f - y.get(i) * y.get(i)));
    }
  }
}
