// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.optimizer.arturo.AdaptiveArturo;
import io.github.arturo4j.kernels.optimizer.arturo.AdaptiveHyperparameters;

/** {@link AdaptiveArturo} in plain double arithmetic, one line for each equation. */
public final class AdaptiveReference extends OptimizerReference {
  private final AdaptiveHyperparameters hp;
  private final double scale;
  private final double unit;
  private final double[] center;
  private final double[] slope;
  private final double[] p00;
  private final double[] p01;
  private final double[] p11;
  private final double[] metric;
  private long taken;

  /** Estimated Hessian diagonal q. */
  public final double[] curvature;

  /** Variance R of each weight's gradient. */
  public final double[] noise;

  /** Factor from the free step to the one taken. */
  public double factor;

  /** KL of the last step, in nats. */
  public double klTaken;

  /** How much of the bound the last step could take. */
  public double signal;

  private double weight;

  /** Starts at the given means, which are one tensor. */
  public AdaptiveReference(AdaptiveHyperparameters hp, double[] initial) {
    super(initial);
    this.hp = hp;
    int n = initial.length;
    double squares = 0;
    for (double x : initial) {
      squares += x * x;
    }
    scale = squares == 0 ? 0.05 : Math.sqrt(squares / n);
    unit = scale * Math.sqrt(2 * hp.klBound());
    center = new double[n];
    slope = new double[n];
    curvature = new double[n];
    p00 = new double[n];
    p01 = new double[n];
    p11 = new double[n];
    noise = new double[n];
    metric = new double[n];
  }

  @Override
  public void step(double[] gradient, double klBound) {
    taken++;
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 1 - klBound * hp.weightDecay();
      if (taken == 1) {
        first(i, gradient[i]);
      } else {
        filter(i, gradient[i]);
      }
      center[i] = parameters[i];
      double suggested = Math.sqrt(noise[i] + slope[i] * slope[i]) / unit;
      metric[i] =
          hp.metric() == AdaptiveHyperparameters.Metric.NOISE ? suggested : Math.max(curvature[i], 0.2 * suggested);
      metric[i] = Math.max(metric[i], 1e-15);
    }
    move(klBound);
  }

  private void first(int i, double gradient) {
    slope[i] = gradient;
    noise[i] = gradient * gradient;
    curvature[i] = 0.1 * Math.abs(gradient) / unit;
    p00[i] = 1;
    p11[i] = 0.01;
  }

  private void filter(int i, double gradient) {
    double delta = parameters[i] - center[i];
    double x = delta / unit;
    double predicted = slope[i] + curvature[i] * delta;
    double innovation = gradient - predicted;
    noise[i] += Math.max(1.0 / taken, 0.02) * (innovation * innovation - noise[i]);
    double c = Math.min(p11[i] + 2e-5, 0.01);
    double a = p00[i] + 2 * p01[i] * x + c * x * x + 0.01;
    double b = p01[i] + c * x;
    double s = a + 1;
    slope[i] = predicted + a / s * innovation;
    curvature[i] += b / s * innovation / unit;
    p00[i] = a - a * a / s;
    p01[i] = b - a * b / s;
    p11[i] = c - b * b / s;
  }

  private void move(double klBound) {
    int n = parameters.length;
    double energy = 0;
    double noisy = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      energy += slope[i] * slope[i] / metric[i];
      noisy += noise[i] / metric[i];
      sum += metric[i];
    }
    weight = sum / n * scale * scale;
    signal = energy == 0 ? 1 : Math.min(1, energy / noisy);
    double bound = n * klBound * (hp.length() == AdaptiveHyperparameters.Length.SIGNAL ? signal : 1);
    factor = energy == 0 ? 1 : Math.min(1, Math.sqrt(2 * bound * weight / energy));
    klTaken = 0.5 * factor * factor * energy / weight;
    for (int i = 0; i < n; i++) {
      parameters[i] -= factor * slope[i] / metric[i];
    }
  }

  @Override
  public double[] precision() {
    double[] precision = metric.clone();
    for (int i = 0; i < precision.length; i++) {
      precision[i] = Math.max(precision[i] / weight, 1e-3 / (scale * scale));
    }
    return precision;
  }
}
