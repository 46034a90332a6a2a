// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.optimizer.GroupLayout;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link KernelShape#GROUPS}, with the sums of {@link GroupTasks}: five launches a step. */
final class AdaptiveGroupTasks implements AdaptiveTasks {
  private final GroupLayout cut;
  private final KernelContext context = new KernelContext();
  private final FloatArray sums;
  private final FloatArray notFinite = new FloatArray(1);

  AdaptiveGroupTasks(GroupLayout cut) {
    this.cut = cut;
    sums = new FloatArray(cut.groups() * AdaptiveStep.SUMS);
    notFinite.init(0f);
  }

  @Override
  public void addTo(OptimizerStep step, AdaptiveArrays a) {
    int n = cut.n();
    int groups = cut.groups();
    FloatArray anyNotFinite = GroupFilter.addScan(step, context, a.control(), a.gradients(), notFinite, cut);
    String filter = step.graph().task("updateFilter");
    step.graph().grid(filter, cut.grid());
    step.graph().cost(filter, Cost.elements(n, 95, 9, 8));
    step.graph()
        .add(
            g ->
                g.task(
                    filter, AdaptiveGroups::filter, context, a.control(), a.scalars(), anyNotFinite, a.gradients(), a.mean(),
                    a.center(), a.slope(), a.curvature(), a.p00(), a.p01(), a.p11(), a.noise(), a.metric(), sums, n, groups));
    FloatArray filtered = step.gather(sums, AdaptiveStep.SUMS, result -> true).all();
    int allGroups = filtered.getSize() / AdaptiveStep.SUMS;
    int whole = step.whole().size();
    String decide = step.graph().task("decideStep");
    step.graph().grid(decide, GroupLayout.one());
    step.graph().cost(decide, Cost.NONE);
    step.graph()
        .add(
            g ->
                g.task(
                    decide, AdaptiveGroups::decide, context, a.control(), a.scalars(), anyNotFinite, filtered, whole, allGroups));
    FloatArray kl = step.isShared() ? new FloatArray(groups) : sums;
    String update = step.graph().task("updateMean");
    step.graph().grid(update, cut.grid());
    step.graph().cost(update, Cost.elements(n, 8, 3, 1));
    step.graph()
        .add(
            g ->
                g.task(
                    update, AdaptiveGroups::update, context, a.control(), a.scalars(), a.mean(), a.slope(), a.metric(), kl, n,
                    groups));
    FloatArray taken = step.gather(kl, 1, a::isReporting).all();
    String close = step.graph().task("closeStep");
    step.graph().grid(close, GroupLayout.one());
    step.graph().cost(close, Cost.NONE);
    step.graph()
        .add(g -> g.task(close, AdaptiveGroups::close, context, a.control(), a.scalars(), anyNotFinite, taken, allGroups));
  }

  /** Scan 1 float; filter 9 in, 8 out; update 3 in, 1 out. What a kernel reads of its own output is in the cache. */
  @Override
  public int bytesPerParameter() {
    return 22 * Float.BYTES;
  }
}
