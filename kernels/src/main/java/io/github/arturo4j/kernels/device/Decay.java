// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

import io.github.arturo4j.kernels.inspect.KernelCompiler;
import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * exp(−x), for kernels that take it of many values: on the JVM device, where C2 makes no vectors of calls of {@code Math.exp} nor
 * of bits that become floats, by additions and multiplications alone, five times as fast.
 */
public final class Decay {
  /** exp(−87) is the least normal float that it makes; of greater values it makes no less. */
  private static final float MAX = 87f;

  private static final float LOG2_E = 1.44269504f;

  /** ln 2 in two parts, the first of which has few bits, so that its products are exact (Cody, Waite, 1980). */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;

  private Decay() {}

  /**
   * exp(−x) for x ≥ 0, within 2e-7 of it, and no less than 1.6e-38. With k = round(x / ln 2) and r = k ln 2 − x it is 2^(−k)
   * exp(r): the series of expf in Moshier's Cephes library, times a power of two for each bit of k.
   */
  public static float of(float x) {
    if (!KernelCompiler.JVM) {
      return TornadoMath.exp(-x);
    }
    float limited = Math.min(x, MAX);
    int k = (int) (limited * LOG2_E + 0.5f);
    float r = k * LN2_HIGH - limited + k * LN2_LOW;
    float series =
        ((((1.9875691500e-4f * r + 1.3981999507e-3f) * r + 8.3334519073e-3f) * r + 4.1665795894e-2f) * r + 1.6666665459e-1f) * r
            + 5.0000001201e-1f;
    float e = series * r * r + r + 1f;
    e *= 1f - (k & 1) * 0.5f;
    e *= 1f - (k >> 1 & 1) * 0.75f;
    e *= 1f - (k >> 2 & 1) * 0.9375f;
    e *= 1f - (k >> 3 & 1) * (1f - 0x1p-8f);
    e *= 1f - (k >> 4 & 1) * (1f - 0x1p-16f);
    e *= 1f - (k >> 5 & 1) + (k >> 5 & 1) * 0x1p-32f;
    e *= 1f - (k >> 6 & 1) + (k >> 6 & 1) * 0x1p-64f;
    return e;
  }
}
