// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

import io.github.arturo4j.host.data.table.Scale;
import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.dataset.TargetKind;
import io.github.arturo4j.kernels.loss.BinaryCrossEntropyWithLogits;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.Targets;

/**
 * What the outputs of a network mean: probabilities of classes, or values in the unit of the training data.
 *
 * @param loss that it was trained with
 */
public record OutputMeaning(DataSchema schema, Loss loss) {
  /** Of the outputs for an example. */
  public Prediction of(float... outputs) {
    double[] values = new double[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      values[i] = outputs[i];
    }
    if (schema.targets() != TargetKind.values) {
      return new Prediction(softmax(values), schema);
    }
    for (int i = 0; i < outputs.length; i++) {
      values[i] = loss instanceof BinaryCrossEntropyWithLogits ? 1 / (1 + Math.exp(-values[i])) : restored(values[i]);
    }
    return new Prediction(values, schema);
  }

  /** The values that an example has, in the unit of its predictions. */
  public double[] target(Targets.Values targets, int example) {
    double[] values = new double[targets.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = restored(targets.values()[example * values.length + i]);
    }
    return values;
  }

  private double restored(double value) {
    Scale scale = schema.table() == null ? null : schema.table().scale();
    return scale == null ? value : scale.restore(value);
  }

  private static double[] softmax(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Math.exp(logits[i] - max);
      sum += logits[i];
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] /= sum;
    }
    return logits;
  }
}
