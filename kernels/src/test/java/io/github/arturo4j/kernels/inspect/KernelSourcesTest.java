// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class KernelSourcesTest {
  private static final int SIZE = 8;

  @TempDir Path folder;

  static void increment(FloatArray values, int n) {
    for (@Parallel int i = 0; i < n; i++) {
      values.set(i, values.get(i) + 1f);
    }
  }

  private static GraphPlan plan(String name) {
    FloatArray values = new FloatArray(SIZE);
    values.init(0f);
    KernelGraph graph = new KernelGraph(name, Devices.find(null).device()).once(values).result(values);
    return graph.add(g -> g.task("increment", KernelSourcesTest::increment, values, SIZE)).plan();
  }

  private static String kernel(int number) {
    return "__kernel void increment(__global long *context" + number + ")\n{\n}\n";
  }

  /** What TornadoVM generates is in the order of first executions: a resumed run may evaluate before it steps. */
  @Test
  void kernelsAreNamedInTheOrderOfFirstExecutions() throws IOException {
    Path part = KernelSources.open(folder);
    try (GraphPlan step = plan("step"); GraphPlan evaluation = plan("evaluation"); GraphPlan idle = plan("step")) {
      evaluation.executeProfiled();
      step.execute();
      evaluation.execute();
      assertThat(idle.graphs("step")).isOne();
    }
    Files.writeString(part, kernel(1) + kernel(2));
    assertThat(KernelSources.finish()).hasValue("Kernels: 2 of 2 tasks, in '" + folder + "'");
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .isEqualTo(List.of("evaluation.increment.cl", "step.increment.cl"));
    }
    assertThat(folder.resolve("evaluation.increment.cl")).hasContent(kernel(1));
    assertThat(folder.resolve("step.increment.cl")).hasContent(kernel(2));
  }
}
