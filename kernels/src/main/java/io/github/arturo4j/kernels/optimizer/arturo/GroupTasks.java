// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.optimizer.Gathered;
import io.github.arturo4j.kernels.optimizer.GroupLayout;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@link KernelShape#GROUPS}: seven launches a robust step, of which two are idle in the steady state. Only the first
 * round of {@link LadderSearch} runs in all groups; the further ones, which hardly any step needs, in a single one. Where devices
 * share the weights it is eight, three of them idle, and each further round runs in all groups of all devices.
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

  /** Tasks for the weights of this device. */
  GroupTasks(GroupLayout cut) {
    this.cut = cut;
    sums = new FloatArray(cut.groups() * (KlExpansion.SUMS + 1));
    notFinite.init(0f);
  }

  @Override
  public void addRobust(OptimizerStep step, ArturoArrays a) {
    FloatArray anyNotFinite = GroupFilter.addScan(step, context, a.control(), a.gradients(), notFinite, cut);
    addFilter(step.graph(), a, anyNotFinite, 1);
    FloatArray expansion = step.gather(sums, KlExpansion.SUMS + 1, result -> true).all();
    int allGroups = expansion.getSize() / (KlExpansion.SUMS + 1);
    String begin = addDecision(step.graph(), "searchEta");
    step.graph()
        .add(
            g ->
                g.task(begin, GroupDecision::begin, context, a.control(), a.dual(), anyNotFinite, expansion, allGroups));
    if (step.isShared()) {
      addSharedRounds(step, a, allGroups);
    } else {
      addRounds(step.graph(), a);
    }
    addUpdate(step, a, anyNotFinite, allGroups);
  }

  private void addRounds(KernelGraph graph, ArturoArrays a) {
    addEvaluation(graph, a, sums, DualState.POINTS);
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
  }

  /** A round a section, which is executed as long as η is not found. */
  private void addSharedRounds(OptimizerStep step, ArturoArrays a, int allGroups) {
    FloatArray points = new FloatArray(cut.groups() * DualState.POINTS);
    addEvaluation(step.graph().result(a.dual()), a, points, DualState.POINTS);
    Gathered<FloatArray> ladder = step.gather(points, DualState.POINTS, step.asFirst(a::isSearching));
    String search = addDecision(step.graph(), "searchEta");
    step.graph()
        .add(g -> g.task(search, GroupDecision::further, context, a.control(), a.dual(), ladder.all(), allGroups));
    addEvaluation(step.graph().result(a.dual()), a, points, DualState.POINTS);
    step.repeat(ladder);
  }

  @Override
  public void addPaper(OptimizerStep step, ArturoArrays a, int bisections) {
    KernelGraph graph = step.graph();
    graph.once(notFinite);
    String open = graph.task("openBracket");
    graph.cost(open, Cost.NONE);
    graph.add(g -> g.task(open, Bisection::open, a.control(), a.dual()));
    addFilter(graph, a, notFinite, 0);
    for (int round = 0; round < bisections; round++) {
      addEvaluation(graph, a, sums, 1);
      String halve = addDecision(graph, "searchEta");
      graph.add(g -> g.task(halve, GroupDecision::halve, context, a.control(), a.dual(), sums, cut.groups()));
    }
    addUpdate(step, a, notFinite, cut.groups());
  }

  private void addFilter(KernelGraph graph, ArturoArrays a, FloatArray anyNotFinite, int expand) {
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
                anyNotFinite,
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

  private void addEvaluation(KernelGraph graph, ArturoArrays a, FloatArray values, int points) {
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
                values,
                cut.n(),
                cut.groups(),
                points));
  }

  private void addUpdate(OptimizerStep step, ArturoArrays a, FloatArray anyNotFinite, int allGroups) {
    KernelGraph graph = step.graph();
    FloatArray reported = step.isShared() ? new FloatArray(cut.groups() * GroupUpdate.SUMS) : sums;
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
                reported,
                cut.n(),
                cut.groups()));
    FloatArray report = step.gather(reported, GroupUpdate.SUMS, a::isReporting).all();
    String close = addDecision(step.graph(), "closeStep");
    step.graph()
        .add(g -> g.task(close, GroupDecision::close, context, a.control(), a.dual(), anyNotFinite, report, allGroups));
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
