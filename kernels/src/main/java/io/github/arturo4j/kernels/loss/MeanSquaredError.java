// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.BatchControl;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Mean of (output − target)² over the values of an example: {@code torch.nn.MSELoss}. */
public record MeanSquaredError() implements Loss {
  @Override
  public String name() {
    return "mse";
  }

  @Override
  public void check(Targets targets, int outputs) {
    targets.asValues("the loss " + name(), outputs);
  }

  @Override
  public void addTo(KernelGraph graph, LossArrays a) {
    String task = graph.task("loss");
    FloatArray gradient = a.gradientOrScratch();
    graph.cost(task, Cost.elements((long) a.batch() * a.width(), 5, 2, 1).plus(Cost.elements(a.batch(), 3, 2, 1)));
    graph.add(
        g ->
            g.task(
                task, MeanSquaredError::train, a.outputs(), a.values(), a.indices(), a.control(), a.sums(), gradient,
                a.batch(), a.width()));
  }

  /**
   * Loss and gradient, 2 (output − target) / width / total.
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
      int batch, int width) {
    for (@Parallel int b = 0; b < batch; b++) {
      float loss = 0f;
      for (int j = 0; j < width; j++) {
        float slope = 0f;
        if (b < control.get(BatchControl.COUNT)) {
          float difference = outputs.get(b * width + j) - targets.get(indices.get(b) * width + j);
          loss += difference * difference;
          slope = 2f * difference / width / control.get(BatchControl.TOTAL);
        }
        gradient.set(b * width + j, slope);
      }
      LossArrays.add(b, loss / width, control, sums);
    }
  }
}
