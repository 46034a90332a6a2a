// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@link KernelShape#CHUNKS}: at most 256 chunks of weights, one thread each, walked tile by tile. Sums in double.
 * (Adam and SGD, which sum nothing, have one parallel loop.)
 */
final class ChunkTasks implements ArturoTasks {
  private final ChunkLayout cut;
  private final DoubleArray lanes;
  private final DoubleArray sums;
  private final FloatArray notFinite;

  ChunkTasks(ChunkLayout cut) {
    this.cut = cut;
    lanes = new DoubleArray(cut.chunks() * Lanes.CHUNK);
    sums = new DoubleArray(cut.chunks() * Lanes.SUMS);
    notFinite = new FloatArray(cut.chunks());
  }

  @Override
  public void addRobust(KernelGraph graph, ArturoArrays a) {
    int chunks = cut.chunks();
    String scan = graph.task("scanGradient");
    graph.cost(scan, ArturoCosts.scan(cut.n()));
    graph.add(
        g ->
            g.task(
                scan, GradientScan::scan, a.control(), a.gradients(), lanes, notFinite, cut.n(), cut.chunk(), chunks));
    addFilter(graph, a, 1);
    String first = graph.task("searchEta");
    graph.cost(first, Cost.NONE);
    graph.add(g -> g.task(first, LadderSearch::first, a.control(), a.dual(), notFinite, sums, chunks));
    for (int round = 1; round <= LadderSearch.ROUNDS; round++) {
      int r = round;
      addEvaluation(graph, a, DualState.POINTS);
      String search = graph.task("searchEta");
      graph.cost(search, Cost.NONE);
      graph.add(g -> g.task(search, LadderSearch::next, a.control(), a.dual(), sums, chunks, r));
    }
    String finish = graph.task("searchEta");
    graph.cost(finish, Cost.NONE);
    graph.add(
        g ->
            g.task(
                finish,
                KlLadder::finish,
                a.control(),
                a.dual(),
                a.mean(),
                a.linear(),
                a.curvature(),
                a.precision(),
                lanes,
                sums,
                cut.n(),
                cut.chunk(),
                chunks));
    addUpdate(graph, a);
  }

  @Override
  public void addPaper(KernelGraph graph, ArturoArrays a, int bisections) {
    // The published optimizer looks at no gradient: what it is given here is always finite.
    notFinite.init(0f);
    graph.once(notFinite);
    String open = graph.task("openBracket");
    graph.cost(open, Cost.NONE);
    graph.add(g -> g.task(open, Bisection::open, a.control(), a.dual()));
    addFilter(graph, a, 0);
    for (int round = 0; round < bisections; round++) {
      addEvaluation(graph, a, 1);
      String search = graph.task("searchEta");
      graph.cost(search, Cost.NONE);
      graph.add(g -> g.task(search, Bisection::next, a.control(), a.dual(), sums, cut.chunks()));
    }
    addUpdate(graph, a);
  }

  private void addFilter(KernelGraph graph, ArturoArrays a, int expand) {
    String filter = graph.task("updateFilter");
    graph.cost(filter, ArturoCosts.filter(cut.n(), expand > 0, 6));
    graph.add(
        g ->
            g.task(
                filter,
                HessianFilter::update,
                a.control(),
                a.dual(),
                notFinite,
                a.gradients(),
                a.mean(),
                a.linear(),
                a.curvature(),
                a.p00(),
                a.p01(),
                a.p11(),
                a.precision(),
                lanes,
                sums,
                cut.n(),
                cut.chunk(),
                cut.chunks(),
                expand));
  }

  private void addEvaluation(KernelGraph graph, ArturoArrays a, int points) {
    String evaluate = graph.task("evaluateKl");
    graph.cost(evaluate, ArturoCosts.evaluation(cut.n(), points));
    graph.add(
        g ->
            g.task(
                evaluate,
                KlLadder::evaluate,
                a.control(),
                a.dual(),
                a.mean(),
                a.linear(),
                a.curvature(),
                a.precision(),
                lanes,
                sums,
                cut.n(),
                cut.chunk(),
                cut.chunks(),
                points));
  }

  private void addUpdate(KernelGraph graph, ArturoArrays a) {
    String update = graph.task("updateGaussian");
    graph.cost(update, ArturoCosts.update(cut.n()));
    graph.add(
        g ->
            g.task(
                update,
                GaussianUpdate::update,
                a.control(),
                a.dual(),
                a.mean(),
                a.linear(),
                a.curvature(),
                a.precision(),
                lanes,
                sums,
                cut.n(),
                cut.chunk(),
                cut.chunks()));
    String close = graph.task("closeStep");
    graph.cost(close, Cost.NONE);
    graph.add(g -> g.task(close, StepEnd::close, a.control(), a.dual(), sums, cut.chunks()));
  }

  /**
   * Scan 1 float; filter 8 in, 6 out; update 4 in, 2 out. The filter writes the decayed mean, since to decay it in every
   * loop that reads it costs the JVM more than the write.
   */
  @Override
  public int bytesPerParameter() {
    return 21 * Float.BYTES;
  }
}
