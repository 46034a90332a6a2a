// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.optimizer.OptimizerPlan;
import io.github.arturo4j.kernels.optimizer.Place;
import io.github.arturo4j.kernels.optimizer.StepReport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A run of arTuRO, and what a test wants to know of its last step, in double. */
public final class ArturoRun implements AutoCloseable {
  public static final double BOUND = 0.0857;

  final ArturoHyperparameters hp;
  private final Arturo arturo;
  private final OptimizerPlan plan;
  float[] mean;
  float[] meanBefore;
  ArturoState state;
  private float[] precisionBefore;

  ArturoRun(Place place, ArturoHyperparameters hp, Mode mode, float[] initialMean) {
    this.hp = hp;
    arturo = new Arturo(hp.withMode(mode), place.shape());
    plan = new OptimizerPlan(arturo, initialMean, place.device());
    mean = initialMean;
    precisionBefore = new float[mean.length];
    double precision = Math.clamp(1 / hp.varInit(), hp.minPrecision(), hp.maxPrecision());
    java.util.Arrays.fill(precisionBefore, (float) precision);
  }

  public static ArturoHyperparameters published(double nu, double weightDecay) {
    return ArturoHyperparameters.builder()
        .regWeight(0.0586)
        .measurementNoise(2.8168)
        .dynamicModelNoise(0.01739)
        .nu(nu)
        .weightDecay(weightDecay)
        .build();
  }

  public static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  public static float[] normal(RandomGenerator random, int n, double scale) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  void step(float[] gradient, double bound) {
    meanBefore = mean;
    if (state != null) {
      precisionBefore = state.precision();
    }
    plan.step(gradient, bound);
    mean = plan.parameters();
    state = arturo.state(plan.last());
  }

  StepReport report() {
    return plan.report();
  }

  /** KL_mean(η) of the last step's dual, from the state the device has, in double. */
  double klMean(double eta, double bound) {
    double prior = hp.regWeight() * hp.priorPrec();
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      double h = state.curvature()[i] + prior;
      double m = meanBefore[i] * (1 - bound * hp.weightDecay());
      double step = (h * m + state.linear()[i]) / (Math.max(h, hp.minCurvature()) + eta * precisionBefore[i]);
      sum += 0.5 * precisionBefore[i] * step * step;
    }
    return sum;
  }

  /** KL of the last step's means as they are in memory, from the decayed ones. */
  double klStored(double bound) {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      double step = mean[i] - (double) decayed(i, bound);
      sum += 0.5 * precisionBefore[i] * step * step;
    }
    return sum;
  }

  /** What it would have been with another η, in floats as the device's up to the stored mean. */
  double klStored(double eta, double bound) {
    float prior = (float) (hp.regWeight() * hp.priorPrec());
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      float h = state.curvature()[i] + prior;
      float m = decayed(i, bound);
      float slope = Math.clamp(h * m + state.linear()[i], -Arturo.MAX_GRADIENT, Arturo.MAX_GRADIENT);
      float next = m - slope / (Math.max(h, (float) hp.minCurvature()) + (float) eta * precisionBefore[i]);
      double step = next - (double) m;
      sum += 0.5 * precisionBefore[i] * step * step;
    }
    return sum;
  }

  private float decayed(int i, double bound) {
    return meanBefore[i] * (float) (1 - bound * hp.weightDecay());
  }

  @Override
  public void close() {
    plan.close();
  }
}
