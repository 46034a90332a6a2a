// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.plan.Evaluation;

/**
 * Ends a training whose numbers are not finite any more; every method throws {@link DivergedException} then.
 *
 * @param experiment what is trained
 */
record FiniteCheck(Experiment experiment) {
  void loss(double loss, String what) {
    if (!Double.isFinite(loss)) {
      throw diverged(what + " is " + loss);
    }
  }

  /**
   * What an evaluation has measured.
   *
   * @param where such as "on the test set after epoch 1"
   */
  void scores(Evaluation evaluation, String where) {
    loss(evaluation.loss(), "the loss " + where);
    evaluation.metrics().forEach((name, value) -> loss(value, "the metric " + name + " " + where));
  }

  /** The loss does not show what its own last step has done to the weights. */
  void weights(Network network, Weights weights, int epoch) {
    weights.notFinite(network).ifPresent(
        value -> {
          throw diverged(value + after(epoch));
        });
  }

  void precision(float[] precision, int epoch) {
    for (float value : precision) {
      if (!Float.isFinite(value)) {
        throw diverged("a weight's precision is " + value + after(epoch));
      }
    }
  }

  private static String after(int epoch) {
    return " after the steps of epoch " + epoch;
  }

  DivergedException diverged(String what) {
    return new DivergedException(what, "train anew with " + experiment.remedy());
  }
}
