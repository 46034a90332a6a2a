// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

import io.github.arturo4j.kernels.inspect.KernelCompiler;
import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * Limits and maxima, for kernels, that keep a NaN on every device, as PyTorch's do, so that a training that diverges
 * shows it. Java's keep it too, but OpenCL's {@code fmax(x, NaN)}, which TornadoVM makes of them, is x, and so is PTX's.
 * A choice by one strict comparison keeps it there, but C2, which compiles for the JVM device, does not vectorise it.
 */
public final class NanMath {
  private NanMath() {}

  /** x, or {@code min} where x is less; {@code min} is no NaN. */
  public static float atLeast(float x, float min) {
    if (KernelCompiler.JVM) {
      return TornadoMath.max(x, min);
    }
    float limited = x;
    if (x < min) {
      limited = min;
    }
    return limited;
  }

  /** x, or {@code max} where x is greater; {@code max} is no NaN. */
  public static float atMost(float x, float max) {
    if (KernelCompiler.JVM) {
      return TornadoMath.min(x, max);
    }
    float limited = x;
    if (x > max) {
      limited = max;
    }
    return limited;
  }

  /** The greater of two values; NaN if one of them is. */
  public static float max(float a, float b) {
    if (KernelCompiler.JVM) {
      return TornadoMath.max(a, b);
    }
    float nan = b; // to become 0, but for NaN
    if (nan < 1f) {
      nan = 0f;
    }
    if (nan > 0f) {
      nan = 0f;
    }
    return atLeast(a, b) + nan;
  }

  /** 1 if x is positive, 0 if it is 0, NaN if it is NaN; for x ≥ 0. */
  public static float step(float x) {
    if (KernelCompiler.JVM) {
      return TornadoMath.signum(x);
    }
    float step = x;
    if (x > 0f) {
      step = 1f;
    }
    return step;
  }
}
