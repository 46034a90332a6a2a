// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.NanMath;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Sums of two paths of a residual network, and of the gradients that come back on both. */
public final class SumKernels {
  private SumKernels() {}

  /** y = a + b, at least {@code min}: 0 for a ReLU behind it. */
  public static void add(FloatArray a, FloatArray b, FloatArray y, float min) {
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      y.set(i, NanMath.atLeast(a.get(i) + b.get(i), min));
    }
  }

  /** to = from. */
  public static void copy(FloatArray from, FloatArray to) {
    for (@Parallel int i = 0; i < to.getSize(); i++) {
      to.set(i, from.get(i));
    }
  }

  /** to = as many of the values of {@code from}, from {@code first} on. */
  public static void slice(FloatArray from, FloatArray to, int first) {
    for (@Parallel int i = 0; i < to.getSize(); i++) {
      to.set(i, from.get(first + i));
    }
  }

  /** Adds the gradient of one path to that of the other: dy += other. */
  public static void accumulate(FloatArray dy, FloatArray other) {
    for (@Parallel int i = 0; i < dy.getSize(); i++) {
      dy.set(i, dy.get(i) + other.get(i));
    }
  }

  /** Adds to a part of an array: values[offset + i] += other[i]. */
  public static void accumulateAt(FloatArray values, FloatArray other, int offset) {
    for (@Parallel int i = 0; i < other.getSize(); i++) {
      values.set(offset + i, values.get(offset + i) + other.get(i));
    }
  }

  /**
   * The gradients of both paths behind a ReLU, back through it: dy = dy + other where y is positive, else 0.
   *
   * @param y what the ReLU has put out
   */
  public static void accumulateThroughRelu(FloatArray dy, FloatArray other, FloatArray y) {
    for (@Parallel int i = 0; i < dy.getSize(); i++) {
      dy.set(i, (dy.get(i) + other.get(i)) * NanMath.step(y.get(i)));
    }
  }
}
