// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

class KernelGraphTest {
  @ParameterizedTest
  @MethodSource("io.github.arturo4j.kernels.device.Devices#list")
  void tasksHaveUniqueNamesAPhaseACostAndALaunch(Devices.Entry entry) {
    KernelGraph graph = new KernelGraph("g", entry.device());
    Cost cost = Cost.elements(10, 2, 3, 1);
    graph.cost(graph.task("scale"), cost).phase(Phase.OPTIMIZER);
    graph.task("scale");
    assertThat(graph.tasks())
        .containsExactly(
            new GraphTask("scale", Phase.FORWARD, Optional.of(new Cost(20, 120, 40))),
            new GraphTask("scale2", Phase.OPTIMIZER, Optional.empty()));
    assertThat(cost.plus(Cost.NONE).bytes()).isEqualTo(160);
    Launch launch = new Launch(3, 256, 8, 4, 16, 5, true, 48, 100, 80, 1024);
    graph.launch("scale", launch).cost("scale", cost.plus(cost));
    assertThat(graph.tasks().getFirst())
        .isEqualTo(new GraphTask("scale", Phase.FORWARD, Optional.of(new Cost(40, 240, 80)), Optional.of(launch)));
  }

  @ParameterizedTest
  @MethodSource("io.github.arturo4j.kernels.device.Devices#list")
  void theShapeIsTheDevicesUnlessAnotherIsAskedFor(Devices.Entry entry) {
    KernelShape own = new KernelGraph("g", entry.device()).shape();
    boolean cpu = entry.device().getDeviceType() == TornadoDeviceType.CPU;
    assertThat(own).isEqualTo(cpu ? KernelShape.CHUNKS : KernelShape.GROUPS);
    for (KernelShape shape : KernelShape.values()) {
      KernelGraph graph = new KernelGraph("g", entry.device(), shape);
      assertThat(graph.shape()).isEqualTo(shape);
      assertThat(graph.program().section("next").shape()).isEqualTo(shape);
      assertThat(graph.shape(null)).isEqualTo(shape);
      assertThat(graph.shape(KernelShape.GROUPS)).isEqualTo(KernelShape.GROUPS);
    }
  }
}
