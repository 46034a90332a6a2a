// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.plan.Evaluation;
import io.github.arturo4j.models.plan.EvaluationPlan;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Evaluates a network on the training and on the test set. */
final class Evaluator implements AutoCloseable {
  private final EvaluationPlan onTrain;
  private final EvaluationPlan onTest;

  Evaluator(Network network, ImageSet train, ImageSet test, Preprocessing preprocessing, TornadoDevice device) {
    onTrain = plan(network, train, preprocessing, device);
    try {
      onTest = plan(network, test, preprocessing, device);
    } catch (RuntimeException | Error e) {
      onTrain.close();
      throw e;
    }
  }

  private static EvaluationPlan plan(
      Network network, ImageSet images, Preprocessing preprocessing, TornadoDevice device) {
    return new EvaluationPlan(
        network, images, preprocessing, Math.min(TrainingLoop.EVALUATION_BATCH, images.count()), device);
  }

  /**
   * What it has found.
   *
   * @param seconds wall time of both
   */
  record Outcome(Evaluation train, Evaluation test, double seconds) {}

  /** Evaluates; nothing if it was stopped. */
  Optional<Outcome> evaluate(Weights weights, BooleanSupplier stop) {
    long start = System.nanoTime();
    return onTrain
        .evaluate(weights, stop)
        .flatMap(
            train ->
                onTest
                    .evaluate(weights, stop)
                    .map(test -> new Outcome(train, test, (System.nanoTime() - start) * 1e-9)));
  }

  long deviceBytes() {
    return onTrain.deviceBytes() + onTest.deviceBytes();
  }

  @Override
  public void close() {
    try (onTrain; onTest) {
      // closes both
    }
  }
}
