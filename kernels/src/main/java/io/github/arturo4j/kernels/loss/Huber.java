// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.BatchControl;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Mean over the values of an example of d² / 2 for differences d up to δ, and δ (|d| − δ / 2) beyond:
 * {@code torch.nn.HuberLoss} (Huber, Annals of Mathematical Statistics 1964).
 *
 * @param delta δ, positive; null for 1
 */
public record Huber(Double delta) implements Loss {
  /** Checks the value. */
  public Huber {
    delta = delta == null ? 1 : delta;
    if (!(delta >= Float.MIN_NORMAL && delta <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("delta is " + delta + "; it must be positive and finite");
    }
  }

  /** With δ = 1. */
  public Huber() {
    this(1.0);
  }

  @Override
  public String name() {
    return "huber";
  }

  @Override
  public void check(Targets targets, int outputs) {
    targets.asValues("the loss " + name(), outputs);
  }

  @Override
  public void addTo(KernelGraph graph, LossArrays a) {
    String task = graph.task("loss");
    FloatArray gradient = a.gradientOrScratch();
    float bound = delta.floatValue();
    graph.cost(task, Cost.elements((long) a.batch() * a.width(), 9, 2, 1).plus(Cost.elements(a.batch(), 3, 2, 1)));
    graph.add(
        g ->
            g.task(
                task, Huber::train, a.outputs(), a.values(), a.indices(), a.control(), a.sums(), gradient, a.batch(),
                a.width(), bound));
  }

  /**
   * Loss and gradient: with c = d limited to ±δ, c (d − c / 2) and c / width / total.
   *
   * @param outputs [batch, width]
   * @param targets of every example of the data set, [examples, width]
   * @param indices example of each row
   * @param control a {@link BatchControl}
   * @param sums [batch]
   * @param gradient [batch, width]
   */
  public static void train(
      FloatArray outputs, FloatArray targets, IntArray indices, IntArray control, FloatArray sums, FloatArray gradient,
      int batch, int width, float delta) {
    for (@Parallel int b = 0; b < batch; b++) {
      float loss = 0f;
      for (int j = 0; j < width; j++) {
        float slope = 0f;
        if (b < control.get(BatchControl.COUNT)) {
          float difference = outputs.get(b * width + j) - targets.get(indices.get(b) * width + j);
          float limited = NanMath.atMost(NanMath.atLeast(difference, -delta), delta);
          loss += limited * (difference - 0.5f * limited);
          slope = limited / width / control.get(BatchControl.TOTAL);
        }
        gradient.set(b * width + j, slope);
      }
      LossArrays.add(b, loss / width, control, sums);
    }
  }
}
