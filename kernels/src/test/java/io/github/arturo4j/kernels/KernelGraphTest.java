// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelGraphTest {
  @Test
  void tasksHaveUniqueNamesAPhaseAndACost() {
    KernelGraph graph = new KernelGraph("g", Devices.find(null).device());
    Cost cost = Cost.elements(10, 2, 3, 1);
    graph.cost(graph.task("scale"), cost).phase(Phase.OPTIMIZER);
    graph.task("scale");
    assertThat(graph.tasks())
        .containsExactly(
            new GraphTask("scale", Phase.FORWARD, Optional.of(new Cost(20, 120, 40))),
            new GraphTask("scale2", Phase.OPTIMIZER, Optional.empty()));
    assertThat(cost.plus(Cost.NONE).bytes()).isEqualTo(160);
  }
}
