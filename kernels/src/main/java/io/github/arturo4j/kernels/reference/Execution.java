// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Something that runs tasks once, to compare their results with a reference. */
@FunctionalInterface
public interface Execution {
  /** Uploads the arrays, runs the tasks, and downloads the arrays. */
  void run(Consumer<KernelGraph> tasks, Object... arrays);

  /** Execution on a device. */
  static Execution on(TornadoDevice device) {
    return (tasks, arrays) -> {
      KernelGraph graph = new KernelGraph("once", device).once(arrays).result(arrays);
      tasks.accept(graph);
      try (GraphPlan plan = graph.plan()) {
        plan.execute().transferToHost(arrays);
      }
    };
  }
}
