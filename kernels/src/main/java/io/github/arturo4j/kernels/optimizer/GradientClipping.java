// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.List;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Limits of a step's gradient, between backward and optimizer, on the device: of each value, as by PyTorch's {@code
 * clip_grad_value_}, then of the norm of all, as by its {@code clip_grad_norm_}. The norm's limit costs a pass over the
 * gradients; the optimizer applies the factor as it reads them.
 *
 * @param maxNorm the greatest Euclidean norm of all gradients; infinite for no limit
 * @param maxValue the greatest size of a gradient; infinite for no limit
 */
public record GradientClipping(double maxNorm, double maxValue) {
  /** No limits. */
  public static final GradientClipping NONE =
      new GradientClipping(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** What PyTorch adds to a norm before it divides by it. */
  private static final float EPSILON = 1e-6f;

  /** Gradients of a sum at least. */
  private static final int LENGTH = 1024;

  /** Sums at most, so that a GPU is busy and few are left to add up. */
  private static final int MAX_SUMS = 16_384;

  /** Sums that a thread adds up to one. */
  private static final int MERGED = 128;

  /** Checks the values. */
  public GradientClipping {
    check("clipNorm", maxNorm);
    check("clipValue", maxValue);
  }

  private static void check(String name, double value) {
    if (!(value > 0) || value < Float.MIN_NORMAL) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be positive");
    }
  }

  /** A limit of the norm alone. */
  public static GradientClipping norm(double max) {
    return new GradientClipping(max, Double.POSITIVE_INFINITY);
  }

  /** A limit of each value alone. */
  public static GradientClipping value(double max) {
    return new GradientClipping(Double.POSITIVE_INFINITY, max);
  }

  /**
   * Adds the tasks, before those of the optimizer.
   *
   * @param step whose gradients become those within the limit of a value
   * @param control the optimizer's, of which the gradients' scale becomes that within the norm's limit
   */
  public void addTo(OptimizerStep step, FloatArray control) {
    FloatArray gradients = step.parameters().gradients();
    if (maxValue < Float.MAX_VALUE) {
      float limit = (float) maxValue;
      String task = step.graph().task("clipValue");
      step.graph().cost(task, Cost.elements(gradients.getSize(), 2, 1, 1));
      step.graph().add(g -> g.task(task, GradientClipping::clampTo, gradients, limit));
    }
    if (maxNorm < Double.POSITIVE_INFINITY) {
      addNorm(step, gradients, control, gradients.getSize());
    }
  }

  private void addNorm(OptimizerStep step, FloatArray gradients, FloatArray control, int n) {
    KernelGraph graph = step.graph();
    int count = Math.clamp(Math.ceilDiv(n, LENGTH), 1, MAX_SUMS);
    boolean chunks = graph.shape() == KernelShape.CHUNKS;
    int length = Math.ceilDiv(n, count);
    int apart = chunks ? length : 1; // neighbouring threads of a GPU read neighbouring values
    int next = chunks ? 1 : count;
    Sums sums = new Sums(count);
    String task = graph.task("clipSums");
    graph.cost(task, Cost.elements(n, 4, 1, 0));
    graph.add(g -> g.task(task, GradientClipping::squares, gradients, sums.maxima, sums.squares, apart, next, length));
    Sums merged = merged(graph, sums);
    List<Gathered<FloatArray>> all = step.gather(List.of(merged.maxima, merged.squares), 1, result -> true);
    addScale(step.graph(), new Sums(all.getFirst().all(), all.getLast().all()), control);
  }

  /**
   * Sums of squares of some gradients each.
   *
   * @param maxima the greatest size of them
   * @param squares the sum of the squares of what they are in its parts
   */
  private record Sums(FloatArray maxima, FloatArray squares) {
    Sums(int count) {
      this(new FloatArray(count), new FloatArray(count));
    }
  }

  /** As few sums as one thread adds up. */
  private static Sums merged(KernelGraph graph, Sums sums) {
    int count = sums.maxima.getSize();
    if (count <= MERGED) {
      return sums;
    }
    Sums fewer = new Sums(Math.ceilDiv(count, MERGED));
    String task = graph.task("clipMerge");
    graph.cost(task, Cost.elements(count, 4, 2, 0));
    graph.add(
        g -> g.task(task, GradientClipping::merge, sums.maxima, sums.squares, fewer.maxima, fewer.squares));
    return merged(graph, fewer);
  }

  private void addScale(KernelGraph graph, Sums sums, FloatArray control) {
    FloatArray one = new FloatArray(1);
    float limit = (float) Math.min(maxNorm, Float.MAX_VALUE);
    String task = graph.task("clipScale");
    graph.cost(task, Cost.elements(sums.maxima.getSize(), 4, 2, 0));
    graph.add(g -> g.task(task, GradientClipping::scale, sums.maxima, sums.squares, control, one, limit));
  }

  /** Takes each value to the nearest of −limit to limit; NaN stays. */
  static void clampTo(FloatArray gradients, float limit) {
    for (@Parallel int i = 0; i < gradients.getSize(); i++) {
      gradients.set(i, NanMath.atMost(NanMath.atLeast(gradients.get(i), -limit), limit));
    }
  }

  /**
   * The greatest size of some gradients, and the sum of the squares of what they are in its parts, which neither overflows
   * nor vanishes. Sum j is of {@code length} gradients from {@code j · apart} on, {@code step} apart.
   */
  static void squares(FloatArray gradients, FloatArray maxima, FloatArray sums, int apart, int step, int length) {
    for (@Parallel int j = 0; j < maxima.getSize(); j++) {
      float max = 0f;
      for (int i = 0; i < length; i++) {
        int at = j * apart + i * step;
        if (at < gradients.getSize()) {
          max = NanMath.max(max, TornadoMath.abs(gradients.get(at)));
        }
      }
      float sum = 0f;
      if (max != 0f) {
        for (int i = 0; i < length; i++) {
          int at = j * apart + i * step;
          if (at < gradients.getSize()) {
            float part = gradients.get(at) / max;
            sum += part * part;
          }
        }
      }
      maxima.set(j, max);
      sums.set(j, sum);
    }
  }

  /** As {@link #squares}, of the gradients of {@value #MERGED} sums each. */
  static void merge(FloatArray maxima, FloatArray sums, FloatArray mergedMaxima, FloatArray mergedSums) {
    for (@Parallel int j = 0; j < mergedMaxima.getSize(); j++) {
      float max = 0f;
      for (int i = j * MERGED; i < (j + 1) * MERGED; i++) {
        if (i < maxima.getSize()) {
          max = NanMath.max(max, maxima.get(i));
        }
      }
      float sum = 0f;
      if (max != 0f) {
        for (int i = j * MERGED; i < (j + 1) * MERGED; i++) {
          if (i < maxima.getSize()) {
            float part = maxima.get(i) / max;
            sum += part * part * sums.get(i);
          }
        }
      }
      mergedMaxima.set(j, max);
      mergedSums.set(j, sum);
    }
  }

  /** Multiplies the gradients' scale by min(1, limit / (norm of the scaled gradients + 10⁻⁶)). */
  static void scale(FloatArray maxima, FloatArray sums, FloatArray control, FloatArray one, float limit) {
    for (@Parallel int j = 0; j < one.getSize(); j++) {
      float max = 0f;
      for (int i = 0; i < maxima.getSize(); i++) {
        max = NanMath.max(max, maxima.get(i));
      }
      float sum = 0f;
      if (max != 0f) {
        for (int i = 0; i < maxima.getSize(); i++) {
          float part = maxima.get(i) / max;
          sum += part * part * sums.get(i);
        }
        float scaled = max * control.get(Optimizer.GRADIENT_SCALE);
        float factor = limit / (scaled * TornadoMath.sqrt(sum) + EPSILON);
        if (scaled > 1f) { // where the norm might overflow
          factor = limit / scaled / (TornadoMath.sqrt(sum) + EPSILON / scaled);
        }
        one.set(j, NanMath.atMost(factor, 1f));
        control.set(Optimizer.GRADIENT_SCALE, control.get(Optimizer.GRADIENT_SCALE) * one.get(j));
      }
    }
  }
}
