// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Finds out whether every gradient and its scale are finite, before anything of the state is written. */
final class GradientScan {
  private GradientScan() {}

  /**
   * Adds the scan.
   *
   * @param all chunks of all devices
   * @return for what follows: not 0 if a gradient of any device is not finite
   */
  static FloatArray addTo(
      OptimizerStep step, FloatArray control, FloatArray gradients, DoubleArray lanes, FloatArray notFinite, ChunkLayout cut, int all) {
    String task = step.graph().task("scanGradient");
    step.graph().cost(task, ArturoCosts.scan(cut.n()));
    step.graph()
        .add(g -> g.task(task, GradientScan::scan, control, gradients, lanes, notFinite, cut.n(), cut.chunk(), cut.chunks()));
    return step.any(notFinite, all);
  }

  /**
   * Sums g·(scale·0) over each chunk: 0 if every g and the scale are finite, NaN otherwise.
   *
   * @param control see {@link ArturoConstants}
   * @param gradients n values
   * @param lanes scratch
   * @param notFinite out: one value a chunk
   */
  static void scan(
      FloatArray control, FloatArray gradients, DoubleArray lanes, FloatArray notFinite, int n, int chunk, int chunks) {
    for (@Parallel int c = 0; c < chunks; c++) {
      int base = c * Lanes.CHUNK;
      int end = Math.min(n, (c + 1) * chunk);
      float zero = control.get(Optimizer.GRADIENT_SCALE) * 0f;
      Lanes.clear(lanes, base, ChunkLayout.TILE);
      for (int t = c * chunk; t < end; t += ChunkLayout.TILE) {
        tile(gradients, lanes, base, t, Math.min(ChunkLayout.TILE, end - t), zero);
      }
      notFinite.set(c, (float) Lanes.sum(lanes, base));
    }
  }

  private static void tile(FloatArray gradients, DoubleArray lanes, int base, int t, int length, float zero) {
    for (int j = 0; j < length; j++) {
      lanes.set(base + j, lanes.get(base + j) + gradients.get(t + j) * zero);
    }
  }
}
