// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link KernelShape#CHUNKS}, as {@link ChunkTasks}: five launches a step. */
final class AdaptiveChunkTasks implements AdaptiveTasks {
  private final ChunkLayout cut;
  private final DoubleArray lanes;
  private final DoubleArray sums;
  private final FloatArray notFinite;
  private final ChunkLayout all;

  /**
   * Tasks.
   *
   * @param cut of the weights of this device
   * @param all of those of all devices
   */
  AdaptiveChunkTasks(ChunkLayout cut, ChunkLayout all) {
    this.cut = cut;
    this.all = all;
    lanes = new DoubleArray(cut.chunks() * Lanes.CHUNK);
    sums = new DoubleArray(cut.chunks() * Lanes.SUMS);
    notFinite = new FloatArray(cut.chunks());
  }

  @Override
  public void addTo(OptimizerStep step, AdaptiveArrays a) {
    int n = cut.n();
    int chunk = cut.chunk();
    int chunks = cut.chunks();
    FloatArray anyNotFinite = GradientScan.addTo(step, a.control(), a.gradients(), lanes, notFinite, cut, all.chunks());
    String filter = step.graph().task("updateFilter");
    step.graph().cost(filter, Cost.elements(n, 95, 9, 9));
    step.graph()
        .add(
            g ->
                g.task(
                    filter, AdaptiveChunks::filter, a.control(), a.scalars(), anyNotFinite, a.gradients(), a.mean(), a.center(),
                    a.slope(), a.curvature(), a.p00(), a.p01(), a.p11(), a.noise(), a.metric(), lanes, sums, n, chunk, chunks));
    DoubleArray filtered = step.gather(sums, result -> true).all();
    String decide = step.graph().task("decideStep");
    step.graph().cost(decide, Cost.NONE);
    step.graph()
        .add(
            g ->
                g.task(
                    decide, AdaptiveChunks::decide, a.control(), a.scalars(), anyNotFinite, filtered, all.n(), all.chunks()));
    String update = step.graph().task("updateMean");
    step.graph().cost(update, Cost.elements(n, 8, 3, 1));
    step.graph()
        .add(
            g ->
                g.task(
                    update, AdaptiveChunks::update, a.control(), a.scalars(), a.mean(), a.slope(), a.metric(), lanes, sums, n,
                    chunk, chunks));
    DoubleArray taken = step.gather(sums, a::isReporting).all();
    String close = step.graph().task("closeStep");
    step.graph().cost(close, Cost.NONE);
    step.graph().add(g -> g.task(close, AdaptiveChunks::close, a.control(), a.scalars(), taken, all.chunks()));
  }

  /** Scan 1 float; filter 9 in, 9 out, the decayed mean among them, as {@link ChunkTasks} says; update 3 in, 1 out. */
  @Override
  public int bytesPerParameter() {
    return 23 * Float.BYTES;
  }
}
