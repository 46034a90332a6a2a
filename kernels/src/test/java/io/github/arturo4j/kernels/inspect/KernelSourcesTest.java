// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.Precision;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.libraries.StandInProvider;
import io.github.arturo4j.kernels.linalg.LibraryLinearAlgebra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
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

  /** A call of a native library is no kernel: what is behind it keeps its name. */
  @Test
  void aLibraryTaskHasNoSource() throws IOException {
    TornadoDevice device = Devices.find(null).device();
    Assumptions.assumeTrue(DeviceTraits.of(device).plainJvm(), "the stand-ins run on the JVM device");
    FloatArray x = new FloatArray(2);
    FloatArray w = new FloatArray(2);
    FloatArray y = new FloatArray(1);
    KernelGraph graph = new KernelGraph("once", device).once(x, w).result(y);
    new LibraryLinearAlgebra(StandInProvider.NAME, Precision.FP32).linearForward(graph, "linear", x, w, 0, -1, y, 1, 2, 1, true);
    Path part = KernelSources.open(folder);
    try (GraphPlan plan = graph.plan()) {
      plan.execute();
    }
    Files.writeString(part, kernel(1));
    assertThat(KernelSources.finish()).hasValue("Kernels: 1 of 1 tasks, in '" + folder + "'");
    assertThat(folder.resolve("once.linearBias.cl")).hasContent(kernel(1));
  }
}
