// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import java.util.Arrays;

/**
 * arTuRO in plain double arithmetic, one line for each equation of Dahlinger et al. (arXiv 2310.20574): what the kernels
 * are compared with. In {@link Mode#ROBUST} it finds η to the last bit by bisection.
 */
public final class ArturoReference {
  private static final float MAX_ETA = 10_000f;

  private final ArturoHyperparameters hp;
  private final Mode mode;
  private boolean started;

  /** Mean μ of each weight. */
  public final double[] mean;

  /** Precision λ of each weight. */
  public final double[] precision;

  /** Linear term l of the loss's model. */
  public final double[] linear;

  /** Estimated Hessian diagonal q. */
  public final double[] curvature;

  /** Covariance of the filter over (l, q). */
  public final double[] p00;

  /** Covariance of the filter over (l, q). */
  public final double[] p01;

  /** Covariance of the filter over (l, q). */
  public final double[] p11;

  /** η of the last step; float32 in {@link Mode#PAPER}. */
  public double eta;

  /** Evaluations of KL_mean in the last step's bisection. */
  public int evaluations;

  /** ½ Σ λ (μ' − μ)² of the last step, in nats. */
  public double klTaken;

  /** Steps skipped because of a gradient that is not finite. */
  public int skipped;

  /** Starts at the given means. */
  public ArturoReference(ArturoHyperparameters hp, double[] initialMean) {
    this.hp = hp;
    this.mode = hp.mode();
    int n = initialMean.length;
    mean = initialMean.clone();
    precision = filled(n, 1 / hp.varInit());
    linear = new double[n];
    curvature = filled(n, ArturoHyperparameters.INITIAL_CURVATURE);
    p00 = filled(n, hp.startFilterCov());
    p01 = new double[n];
    p11 = filled(n, hp.startFilterCov());
  }

  private static double[] filled(int n, double value) {
    double[] array = new double[n];
    Arrays.fill(array, value);
    return array;
  }

  /** One step with the gradient taken at the current mean. */
  public void step(double[] gradient, double klBound) {
    if (accept(gradient, klBound)) {
      eta = mode == Mode.PAPER ? publishedEta(klBound) : exactEta(klBound);
      update();
    }
  }

  /** One step as above, but with an η that somebody else has found. */
  public void step(double[] gradient, double klBound, double givenEta) {
    if (accept(gradient, klBound)) {
      eta = givenEta;
      update();
    }
  }

  private boolean accept(double[] gradient, double klBound) {
    if (mode == Mode.ROBUST && !Arrays.stream(gradient).allMatch(Double::isFinite)) {
      skipped++;
      return false;
    }
    filter(gradient, 1 - klBound * hp.weightDecay());
    return true;
  }

  private void filter(double[] gradient, double decay) {
    for (int i = 0; i < mean.length; i++) {
      double m = mean[i] * decay;
      if (!started) {
        linear[i] = gradient[i];
      }
      double a = p00[i] + hp.dynamicModelNoise();
      double b = p01[i];
      double c = p11[i] + hp.dynamicModelNoise();
      double u = a + b * m;
      double v = b + c * m;
      double s = u + v * m + hp.measurementNoise();
      double k0 = u / s;
      double k1 = v / s;
      double innovation = gradient[i] - linear[i] - curvature[i] * m;
      linear[i] += k0 * innovation;
      curvature[i] += k1 * innovation;
      p00[i] = a - s * k0 * k0;
      p01[i] = b - s * k0 * k1;
      p11[i] = c - s * k1 * k1;
      if (started || mode == Mode.ROBUST) {
        mean[i] = m;
      }
    }
  }

  private double floored(int i) {
    double h = curvature[i] + hp.regWeight() * hp.priorPrec();
    return mode == Mode.PAPER ? h : Math.max(h, hp.minCurvature());
  }

  private double step(int i, double eta) {
    double d = (curvature[i] + hp.regWeight() * hp.priorPrec()) * mean[i] + linear[i];
    return d / (floored(i) + eta * precision[i]);
  }

  /** KL_mean(η) at the present state, in nats. */
  public double klMean(double eta) {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      double step = step(i, eta);
      sum += 0.5 * precision[i] * step * step;
    }
    return sum;
  }

  private float publishedEta(double klBound) {
    float bound = (float) klBound;
    float low = started ? (float) eta / 3 : 0;
    float high = started ? Math.min((float) eta * 3, MAX_ETA) : MAX_ETA;
    evaluations = 0;
    while (high - low > (float) hp.etaTol()) {
      float middle = (low + high) / 2;
      float excess = (float) (klMean(middle) - klBound);
      evaluations++;
      if (excess > 0) {
        low = middle;
      } else {
        high = middle;
      }
      if (Math.abs(excess) < 0.1f * bound) {
        break;
      }
    }
    return (low + high) / 2;
  }

  private double exactEta(double klBound) {
    evaluations = 0;
    if (klMean(0) <= klBound) {
      return 0;
    }
    double low = 1e-20;
    double high = 1e38;
    for (int i = 0; i < 200; i++) {
      double middle = Math.sqrt(low) * Math.sqrt(high);
      if (klMean(middle) > klBound) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private void update() {
    started = true;
    klTaken = klMean(eta);
    for (int i = 0; i < mean.length; i++) {
      mean[i] -= step(i, eta);
      double lambda = (floored(i) + hp.nu() * precision[i]) / (hp.regWeight() + hp.nu());
      precision[i] =
          mode == Mode.PAPER ? lambda : Math.clamp(lambda, hp.minPrecision(), hp.maxPrecision());
    }
  }
}
