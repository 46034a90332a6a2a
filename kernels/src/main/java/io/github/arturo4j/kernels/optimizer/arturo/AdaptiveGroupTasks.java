// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.optimizer.GroupLayout;
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
  public void addTo(KernelGraph graph, AdaptiveArrays a) {
    int n = cut.n();
    int groups = cut.groups();
    graph.once(notFinite);
    String scan = graph.task("scanGradient");
    graph.grid(scan, cut.grid());
    graph.cost(scan, ArturoCosts.scan(n));
    graph.add(g -> g.task(scan, GroupFilter::scan, context, a.control(), a.gradients(), notFinite, n, cut.threads()));
    String filter = graph.task("updateFilter");
    graph.grid(filter, cut.grid());
    graph.cost(filter, Cost.elements(n, 95, 9, 8));
    graph.add(
        g ->
            g.task(
                filter, AdaptiveGroups::filter, context, a.control(), a.scalars(), notFinite, a.gradients(), a.mean(),
                a.center(), a.slope(), a.curvature(), a.p00(), a.p01(), a.p11(), a.noise(), a.metric(), sums, n, groups));
    String decide = graph.task("decideStep");
    graph.grid(decide, GroupLayout.one());
    graph.cost(decide, Cost.NONE);
    graph.add(g -> g.task(decide, AdaptiveGroups::decide, context, a.control(), a.scalars(), notFinite, sums, n, groups));
    String update = graph.task("updateMean");
    graph.grid(update, cut.grid());
    graph.cost(update, Cost.elements(n, 8, 3, 1));
    graph.add(
        g ->
            g.task(
                update, AdaptiveGroups::update, context, a.control(), a.scalars(), a.mean(), a.slope(), a.metric(), sums, n,
                groups));
    String close = graph.task("closeStep");
    graph.grid(close, GroupLayout.one());
    graph.cost(close, Cost.NONE);
    graph.add(g -> g.task(close, AdaptiveGroups::close, context, a.control(), a.scalars(), notFinite, sums, groups));
  }

  /** Scan 1 float; filter 9 in, 8 out; update 3 in, 1 out. What a kernel reads of its own output is in the cache. */
  @Override
  public int bytesPerParameter() {
    return 22 * Float.BYTES;
  }
}
