// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

import io.github.arturo4j.host.train.TrainingLoop;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.plan.PredictionPlan;
import io.github.arturo4j.models.plan.Randomness;
import java.util.HashMap;
import java.util.Map;

/**
 * A network that is asked once, or as often as it is drawn. Any number of threads may ask; the device serves one after the
 * other.
 */
final class NetworkSamples implements AutoCloseable {
  /** Examples that are computed at a time, at most. */
  private static final int BATCH = 64;

  private final Network network;
  private final Weights weights;
  private final Randomness randomness;
  private final Draws draws;
  private final Preprocessing preprocessing;
  private final Devices.Entry device;
  private final Map<Class<? extends Features>, PredictionPlan> plans = new HashMap<>();

  /** A network, and what of it is drawn; the temperature is given. */
  NetworkSamples(
      Network network, Weights weights, Randomness randomness, Draws draws, Preprocessing preprocessing, Devices.Entry device) {
    this.network = network;
    this.weights = weights;
    this.randomness = randomness;
    this.draws = draws;
    this.preprocessing = preprocessing;
    this.device = device;
  }

  /** Examples that are computed at a time, at most. */
  int batch() {
    return Math.min(BATCH, TrainingLoop.evaluationBatch(network));
  }

  /** Outputs for an example. */
  int width() {
    return network.positions() * network.outputs();
  }

  /** What is drawn, and how often. */
  Draws draws() {
    return draws;
  }

  /**
   * What one of the draws puts out, [examples, outputs].
   *
   * @param sample from 0, and less than there are samples
   * @throws IllegalArgumentException if the features are not of the network's shape; one line
   */
  synchronized float[] outputs(int sample, Features features) {
    return outputs(sample, features, draws.temperature() == null ? 1 : draws.temperature());
  }

  /** The same at another temperature. */
  synchronized float[] outputs(int sample, Features features, double temperature) {
    PredictionPlan plan =
        plans.computeIfAbsent(
            features.getClass(),
            kind ->
                new PredictionPlan(
                    network, weights, randomness, kind, preprocessing, batch(), device.device(), device.traits()));
    if (draws.source() != Draws.Source.NOTHING) {
      plan.draw(draws.seed(), sample, Math.sqrt(temperature));
    }
    return plan.predict(features);
  }

  @Override
  public synchronized void close() {
    plans.values().forEach(PredictionPlan::close);
    plans.clear();
  }
}
