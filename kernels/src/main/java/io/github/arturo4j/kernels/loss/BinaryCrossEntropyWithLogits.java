// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.BatchControl;
import java.util.List;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Mean over the values of an example of −p t log σ(z) − (1 − t) log(1 − σ(z)), in nats, of logits z and targets t from 0 to 1:
 * {@code torch.nn.BCEWithLogitsLoss}. For labels of which an example may have several.
 *
 * @param positiveWeights p, what t counts for beside 1 − t: one for each output of the network, or one for all; none, that
 *     is empty or null, for 1
 */
public record BinaryCrossEntropyWithLogits(List<Double> positiveWeights) implements Loss {
  /** Checks the values. */
  public BinaryCrossEntropyWithLogits {
    positiveWeights = positiveWeights == null ? List.of() : List.copyOf(positiveWeights);
    if (positiveWeights.stream().anyMatch(weight -> !(weight >= 0 && weight <= Float.MAX_VALUE))) {
      throw new IllegalArgumentException(
          "positiveWeights is " + positiveWeights + "; each must be 0 or greater, and finite");
    }
  }

  /** Without weights. */
  public BinaryCrossEntropyWithLogits() {
    this(List.of());
  }

  @Override
  public String name() {
    return "bce_with_logits";
  }

  @Override
  public void check(Targets targets, int outputs) {
    Targets.Values values = targets.asValues("the loss " + name(), outputs);
    if (positiveWeights.size() > 1 && positiveWeights.size() != outputs) {
      throw new IllegalArgumentException(
          "positiveWeights has " + positiveWeights.size() + " numbers; it must have one for each of the " + outputs
              + " outputs of the network, or one for all");
    }
    for (int i = 0; i < values.values().length; i++) {
      if (!(values.values()[i] >= 0 && values.values()[i] <= 1)) {
        throw new IllegalArgumentException(
            "a target of example " + i / outputs + " is " + values.values()[i] + "; the loss " + name()
                + " takes targets from 0 to 1");
      }
    }
  }

  @Override
  public void addTo(KernelGraph graph, LossArrays a) {
    String task = graph.task("loss");
    FloatArray gradient = a.gradientOrScratch();
    FloatArray weights = new FloatArray(a.width());
    for (int j = 0; j < a.width(); j++) {
      weights.set(j, positiveWeights.isEmpty() ? 1 : positiveWeights.get(j % positiveWeights.size()).floatValue());
    }
    graph.once(weights);
    graph.cost(task, Cost.elements((long) a.batch() * a.width(), 18, 3, 1).plus(Cost.elements(a.batch(), 3, 2, 1)));
    graph.add(
        g ->
            g.task(
                task, BinaryCrossEntropyWithLogits::train, a.outputs(), a.values(), a.indices(), a.control(), weights,
                a.sums(), gradient, a.batch(), a.width()));
  }

  /**
   * Loss and gradient: with q = 1 + (p − 1) t, (1 − t) z + q log(1 + exp(−z)) and (q σ(z) − p t) / width / total, both by
   * exp(−|z|), which does not overflow.
   *
   * @param logits z, [batch, width]
   * @param targets of every example of the data set, [examples, width]
   * @param indices example of each row
   * @param control a {@link BatchControl}
   * @param positiveWeights p, [width]
   * @param sums [batch]
   * @param gradient [batch, width]
   */
  public static void train(
      FloatArray logits, FloatArray targets, IntArray indices, IntArray control, FloatArray positiveWeights,
      FloatArray sums, FloatArray gradient, int batch, int width) {
    for (@Parallel int b = 0; b < batch; b++) {
      float loss = 0f;
      for (int j = 0; j < width; j++) {
        float slope = 0f;
        if (b < control.get(BatchControl.COUNT)) {
          float z = logits.get(b * width + j);
          float target = targets.get(indices.get(b) * width + j);
          float positive = positiveWeights.get(j) * target;
          float q = 1f - target + positive;
          float e = TornadoMath.exp(-TornadoMath.abs(z));
          float sigmoid = e / (1f + e);
          if (z > 0f) {
            sigmoid = 1f / (1f + e);
          }
          loss += (1f - target) * z + q * (TornadoMath.log(1f + e) + NanMath.atLeast(-z, 0f));
          slope = (q * sigmoid - positive) / width / control.get(BatchControl.TOTAL);
        }
        gradient.set(b * width + j, slope);
      }
      LossArrays.add(b, loss / width, control, sums);
    }
  }
}
