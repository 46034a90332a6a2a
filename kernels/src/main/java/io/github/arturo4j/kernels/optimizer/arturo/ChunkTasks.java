// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.optimizer.Gathered;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;
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
  private final int allChunks;

  /**
   * Tasks.
   *
   * @param cut of the weights of this device
   * @param allChunks of all devices
   */
  ChunkTasks(ChunkLayout cut, int allChunks) {
    this.cut = cut;
    this.allChunks = allChunks;
    lanes = new DoubleArray(cut.chunks() * Lanes.CHUNK);
    sums = new DoubleArray(cut.chunks() * Lanes.SUMS);
    notFinite = new FloatArray(cut.chunks());
  }

  @Override
  public void addRobust(OptimizerStep step, ArturoArrays a) {
    FloatArray anyNotFinite = GradientScan.addTo(step, a.control(), a.gradients(), lanes, notFinite, cut, allChunks);
    addFilter(step.graph(), a, anyNotFinite, 1);
    DoubleArray expansion = step.gather(sums, result -> true).all();
    String first = step.graph().task("searchEta");
    step.graph().cost(first, Cost.NONE);
    step.graph().add(g -> g.task(first, LadderSearch::first, a.control(), a.dual(), anyNotFinite, expansion, allChunks));
    if (step.isShared()) {
      addSharedRounds(step, a);
    } else {
      addRounds(step.graph(), a);
    }
    addUpdate(step, a);
  }

  private void addRounds(KernelGraph graph, ArturoArrays a) {
    for (int round = 1; round <= LadderSearch.ROUNDS; round++) {
      addEvaluation(graph, a, DualState.POINTS);
      String search = graph.task("searchEta");
      graph.cost(search, Cost.NONE);
      graph.add(g -> g.task(search, LadderSearch::next, a.control(), a.dual(), sums, cut.chunks()));
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
                cut.chunks()));
  }

  /** A round a section, which is executed as long as η is not found. */
  private void addSharedRounds(OptimizerStep step, ArturoArrays a) {
    addEvaluation(step.graph().result(a.dual()), a, DualState.POINTS);
    Gathered<DoubleArray> ladder = step.gather(sums, step.asFirst(a::isSearching));
    String search = step.graph().task("searchEta");
    step.graph().cost(search, Cost.NONE);
    step.graph().add(g -> g.task(search, LadderSearch::next, a.control(), a.dual(), ladder.all(), allChunks));
    addEvaluation(step.graph().result(a.dual()), a, DualState.POINTS);
    step.repeat(ladder);
  }

  @Override
  public void addPaper(OptimizerStep step, ArturoArrays a, int bisections) {
    KernelGraph graph = step.graph();
    // The published optimizer looks at no gradient: what it is given here is always finite.
    notFinite.init(0f);
    graph.once(notFinite);
    String open = graph.task("openBracket");
    graph.cost(open, Cost.NONE);
    graph.add(g -> g.task(open, Bisection::open, a.control(), a.dual()));
    addFilter(graph, a, notFinite, 0);
    for (int round = 0; round < bisections; round++) {
      addEvaluation(graph, a, 1);
      String search = graph.task("searchEta");
      graph.cost(search, Cost.NONE);
      graph.add(g -> g.task(search, Bisection::next, a.control(), a.dual(), sums, cut.chunks()));
    }
    addUpdate(step, a);
  }

  private void addFilter(KernelGraph graph, ArturoArrays a, FloatArray anyNotFinite, int expand) {
    String filter = graph.task("updateFilter");
    graph.cost(filter, ArturoCosts.filter(cut.n(), expand > 0, 6));
    graph.add(
        g ->
            g.task(
                filter,
                HessianFilter::update,
                a.control(),
                a.dual(),
                anyNotFinite,
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

  private void addUpdate(OptimizerStep step, ArturoArrays a) {
    KernelGraph graph = step.graph();
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
    DoubleArray report = step.gather(sums, a::isReporting).all();
    String close = step.graph().task("closeStep");
    step.graph().cost(close, Cost.NONE);
    step.graph().add(g -> g.task(close, StepEnd::close, a.control(), a.dual(), report, allChunks));
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
