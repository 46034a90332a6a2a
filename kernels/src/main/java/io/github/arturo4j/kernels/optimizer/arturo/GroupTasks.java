// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.optimizer.GroupLayout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@link KernelShape#GROUPS}: seven launches a robust step, of which two are idle in the steady state. Only the first
 * round of {@link LadderSearch} runs in all groups; the further ones, which hardly any step needs, in a single one.
 *
 * <p>Work-groups of 256 threads, up to 131,072 threads, with or without double precision. Each thread sums its own
 * terms; a group those of its threads, as a tree in local memory; and a single group, likewise, those of all groups.
 * All in float, because what is summed is not negative: the relative error is at most 2⁻²⁴ for each addition on a
 * term's way. Those are n/131,072 in the thread, and 8 + 2 + 8: 4·10⁻⁶ for 5·10⁶ weights, 10⁻³ for 2·10⁹; the rare
 * rounds in a single group compensate. The robust promise has 0.5% to spare.
 */
final class GroupTasks implements ArturoTasks {
  private final GroupLayout cut;
  private final KernelContext context = new KernelContext();
  private final FloatArray sums;
  private final FloatArray notFinite = new FloatArray(1);

  GroupTasks(GroupLayout cut) {
    this.cut = cut;
    sums = new FloatArray(cut.groups() * (KlExpansion.SUMS + 1));
    notFinite.init(0f);
  }

  @Override
  public void addRobust(KernelGraph graph, ArturoArrays a) {
    graph.once(notFinite);
    String scan = graph.task("scanGradient");
    graph.grid(scan, cut.grid());
    graph.cost(scan, ArturoCosts.scan(cut.n()));
    graph.add(
        g -> g.task(scan, GroupFilter::scan, context, a.control(), a.gradients(), notFinite, cut.n(), cut.threads()));
    addFilter(graph, a, 1);
    String begin = addDecision(graph, "searchEta");
    graph.add(g -> g.task(begin, GroupDecision::begin, context, a.control(), a.dual(), notFinite, sums, cut.groups()));
    addEvaluation(graph, a, DualState.POINTS);
    String search = addDecision(graph, "searchEta");
    graph.add(
        g ->
            g.task(
                search,
                GroupLadder::search,
                context,
                a.control(),
                a.dual(),
                a.mean(),
                a.linear(),
                a.curvature(),
                a.precision(),
                sums,
                cut.n(),
                cut.groups()));
    addUpdate(graph, a);
  }

  @Override
  public void addPaper(KernelGraph graph, ArturoArrays a, int bisections) {
    graph.once(notFinite);
    String open = graph.task("openBracket");
    graph.cost(open, Cost.NONE);
    graph.add(g -> g.task(open, Bisection::open, a.control(), a.dual()));
    addFilter(graph, a, 0);
    for (int round = 0; round < bisections; round++) {
      addEvaluation(graph, a, 1);
      String halve = addDecision(graph, "searchEta");
      graph.add(g -> g.task(halve, GroupDecision::halve, context, a.control(), a.dual(), sums, cut.groups()));
    }
    addUpdate(graph, a);
  }

  private void addFilter(KernelGraph graph, ArturoArrays a, int expand) {
    String filter = graph.task("updateFilter");
    graph.grid(filter, cut.grid());
    graph.cost(filter, ArturoCosts.filter(cut.n(), expand > 0, 5));
    graph.add(
        g ->
            g.task(
                filter,
                GroupFilter::update,
                context,
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
                sums,
                cut.n(),
                cut.groups(),
                expand));
  }

  private void addEvaluation(KernelGraph graph, ArturoArrays a, int points) {
    String evaluate = graph.task("evaluateKl");
    graph.grid(evaluate, cut.grid());
    graph.cost(evaluate, ArturoCosts.evaluation(cut.n(), points));
    graph.add(
        g ->
            g.task(
                evaluate,
                GroupLadder::evaluate,
                context,
                a.control(),
                a.dual(),
                a.mean(),
                a.linear(),
                a.curvature(),
                a.precision(),
                sums,
                cut.n(),
                cut.groups(),
                points));
  }

  private void addUpdate(KernelGraph graph, ArturoArrays a) {
    String update = graph.task("updateGaussian");
    graph.grid(update, cut.grid());
    graph.cost(update, ArturoCosts.update(cut.n()));
    graph.add(
        g ->
            g.task(
                update,
                GroupUpdate::update,
                context,
                a.control(),
                a.dual(),
                a.mean(),
                a.linear(),
                a.curvature(),
                a.precision(),
                sums,
                cut.n(),
                cut.groups()));
    String close = addDecision(graph, "closeStep");
    graph.add(g -> g.task(close, GroupDecision::close, context, a.control(), a.dual(), notFinite, sums, cut.groups()));
  }

  /** A task in a single group. */
  private static String addDecision(KernelGraph graph, String name) {
    String task = graph.task(name);
    graph.grid(task, GroupLayout.one());
    graph.cost(task, Cost.NONE);
    return task;
  }

  /** Scan 1 float; filter 8 in, 5 out; update 4 in, 2 out. What a kernel reads of its own output is in the cache. */
  @Override
  public int bytesPerParameter() {
    return 20 * Float.BYTES;
  }
}
