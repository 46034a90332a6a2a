// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.Shape;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class UnwrittenTest {
  static void copy(FloatArray from, FloatArray to, int n) {
    for (@Parallel int i = 0; i < n; i++) {
      to.set(i, from.get(i));
    }
  }

  @Test
  void oneValueThatIsStillMarkedIsNoticed() {
    FloatArray values = new FloatArray(5);
    Unwritten.mark(values);
    for (int i : new int[] {1, 2, 4}) {
      values.set(i, Float.NaN);
    }
    assertThatCode(() -> Unwritten.check(values, 1, 2, "it")).doesNotThrowAnyException();
    assertThatIllegalStateException()
        .isThrownBy(() -> Unwritten.check(values, 1, 3, "the gradient of fc.weight"))
        .withMessageStartingWith("the device did not compute the gradient of fc.weight: see what TornadoVM printed")
        .withMessageContaining("./arturo doctor");
  }

  /** A graph that reads the losses but lacks the task that writes them, as if the device had refused it. */
  @Test
  void lossesThatNoTaskWroteAreNoticed() {
    DeviceExamples resident = new DeviceExamples(TestImages.bars(4, new Shape(1, 6, 6), 2, 1));
    ExampleBatch images = new ExampleBatch(resident, Preprocessing.NONE, new CrossEntropy(), 4);
    BatchControl control = new BatchControl(0);
    KernelGraph graph = new KernelGraph("refused", Devices.find(null).device());
    images.addTo(graph, control);
    FloatArray losses = images.sums();
    FloatArray copy = new FloatArray(4);
    String task = graph.task("copy");
    graph.result(copy).add(g -> g.task(task, UnwrittenTest::copy, losses, copy, 4));
    images.choose(new int[] {0, 1, 2, 3}, 0, 4);
    control.set(4, true, 0, 0);
    try (var plan = graph.plan()) {
      TornadoExecutionResult result = plan.execute();
      assertThatIllegalStateException()
          .isThrownBy(() -> images.checkWritten(result))
          .withMessageStartingWith("the device did not compute the losses: ");
    }
  }
}
