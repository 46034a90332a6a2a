// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.LossArrays;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.kernels.nn.BatchControl;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

// begin
/** Mean absolute error. */
public record MeanAbsoluteError() implements Loss {
  @Override
  public String name() {
    return "mae";
  }

  @Override
  public void check(Targets targets, int outputs) {
    targets.asValues("the loss mae").checkWidth("the loss mae", outputs);
  }

  @Override
  public void addTo(KernelGraph graph, LossArrays a) {
    String task = graph.task("loss");
    FloatArray gradient = a.gradientOrScratch();
    graph.add(
        g ->
            g.task(
                task, MeanAbsoluteError::train, a.outputs(), a.values(), a.indices(), a.control(), a.sums(), gradient,
                a.batch(), a.width()));
  }

  /** For each row its loss, and the gradient of the whole batch's mean; rows from COUNT on are padding. */
  public static void train(
      FloatArray outputs, FloatArray targets, IntArray indices, IntArray control, FloatArray sums, FloatArray gradient,
      int batch, int width) {
    for (@Parallel int b = 0; b < batch; b++) {
      float loss = 0f;
      for (int j = 0; j < width; j++) {
        float slope = 0f;
        if (b < control.get(BatchControl.COUNT)) {
          float difference = outputs.get(b * width + j) - targets.get(indices.get(b) * width + j);
          loss += TornadoMath.abs(difference) / width;
          slope = TornadoMath.signum(difference) / width / control.get(BatchControl.TOTAL);
        }
        gradient.set(b * width + j, slope);
      }
      LossArrays.add(b, loss, control, sums);
    }
  }
}
// end
