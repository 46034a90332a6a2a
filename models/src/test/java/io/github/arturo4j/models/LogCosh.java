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
/** Mean of log(cosh(difference)): half its square where it is small, its size where it is large. */
public record LogCosh() implements Loss {
  private static final float LOG_2 = 0.6931472f;

  @Override
  public String name() {
    return "log_cosh";
  }

  @Override
  public void check(Targets targets, int outputs) {
    targets.asValues("the loss log_cosh", outputs);
  }

  @Override
  public void addTo(KernelGraph graph, LossArrays a) {
    String task = graph.task("loss");
    FloatArray gradient = a.gradientOrScratch();
    graph.add(
        g ->
            g.task(
                task, LogCosh::train, a.outputs(), a.values(), a.indices(), a.control(), a.sums(), gradient,
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
          float size = TornadoMath.abs(difference);
          float e = TornadoMath.exp(-2f * size);
          loss += (size + TornadoMath.log(1f + e) - LOG_2) / width;
          slope = TornadoMath.signum(difference) * (1f - e) / (1f + e) / width / control.get(BatchControl.TOTAL); // tanh
        }
        gradient.set(b * width + j, slope);
      }
      LossArrays.add(b, loss, control, sums);
    }
  }
}
// end
