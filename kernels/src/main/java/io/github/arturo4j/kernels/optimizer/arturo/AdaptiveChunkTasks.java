// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link KernelShape#CHUNKS}, as {@link ChunkTasks}: five launches a step. */
final class AdaptiveChunkTasks implements AdaptiveTasks {
  private final ChunkLayout cut;
  private final DoubleArray lanes;
  private final DoubleArray sums;
  private final FloatArray notFinite;

  AdaptiveChunkTasks(ChunkLayout cut) {
    this.cut = cut;
    lanes = new DoubleArray(cut.chunks() * Lanes.CHUNK);
    sums = new DoubleArray(cut.chunks() * Lanes.SUMS);
    notFinite = new FloatArray(cut.chunks());
  }

  @Override
  public void addTo(KernelGraph graph, AdaptiveArrays a) {
    int n = cut.n();
    int chunk = cut.chunk();
    int chunks = cut.chunks();
    String scan = graph.task("scanGradient");
    graph.cost(scan, ArturoCosts.scan(n));
    graph.add(g -> g.task(scan, GradientScan::scan, a.control(), a.gradients(), lanes, notFinite, n, chunk, chunks));
    String filter = graph.task("updateFilter");
    graph.cost(filter, Cost.elements(n, 95, 9, 9));
    graph.add(
        g ->
            g.task(
                filter, AdaptiveChunks::filter, a.control(), a.scalars(), notFinite, a.gradients(), a.mean(), a.center(),
                a.slope(), a.curvature(), a.p00(), a.p01(), a.p11(), a.noise(), a.metric(), lanes, sums, n, chunk, chunks));
    String decide = graph.task("decideStep");
    graph.cost(decide, Cost.NONE);
    graph.add(g -> g.task(decide, AdaptiveChunks::decide, a.control(), a.scalars(), notFinite, sums, n, chunks));
    String update = graph.task("updateMean");
    graph.cost(update, Cost.elements(n, 8, 3, 1));
    graph.add(
        g ->
            g.task(
                update, AdaptiveChunks::update, a.control(), a.scalars(), a.mean(), a.slope(), a.metric(), lanes, sums, n,
                chunk, chunks));
    String close = graph.task("closeStep");
    graph.cost(close, Cost.NONE);
    graph.add(g -> g.task(close, AdaptiveChunks::close, a.control(), a.scalars(), sums, chunks));
  }

  /** Scan 1 float; filter 9 in, 9 out, the decayed mean among them, as {@link ChunkTasks} says; update 3 in, 1 out. */
  @Override
  public int bytesPerParameter() {
    return 23 * Float.BYTES;
  }
}
