// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.models.GradientTest;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.NetworkArrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A whole residual network gives the same in the kernels for GPUs as in those for CPUs, on every device. */
class KernelShapesTest {
  private static final int BATCH = 9;

  private record Step(double[] gradients, double[] buffers) {
    static Step of(Devices.Entry entry, KernelShape shape) {
      Network network = GradientTest.smallResNet();
      ImageSet images = TestImages.bars(BATCH, network.input(), network.outputs(), 1);
      FloatArray parameters = FloatArray.fromArray(network.initialParameters(5));
      FloatArray gradients = new FloatArray(network.parameterCount());
      gradients.init(Float.NaN);
      FloatArray buffers = FloatArray.fromArray(network.initialBuffers());
      BatchControl control = new BatchControl(0);
      ExampleBatch batch = new ExampleBatch(new DeviceExamples(images), Preprocessing.NONE, new CrossEntropy(), BATCH);
      KernelGraph graph = new KernelGraph("step", entry.device(), shape);
      graph.once(parameters, gradients, buffers).result(gradients, buffers);
      NetworkArrays arrays = new NetworkArrays(parameters, gradients, buffers, control);
      NetworkTasks.addTraining(graph, network, batch, arrays);
      batch.choose(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 0, BATCH - 1);
      control.set(BATCH - 1, true, 0, 0);
      try (GraphPlan plan = graph.plan()) {
        plan.execute().transferToHost(gradients, buffers);
      }
      return new Step(Comparison.doubles(gradients), Comparison.doubles(buffers));
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.arturo4j.kernels.device.Devices#list")
  void bothShapesComputeTheSame(Devices.Entry entry) {
    Step chunks = Step.of(entry, KernelShape.CHUNKS);
    Step groups = Step.of(entry, KernelShape.GROUPS);
    assertThat(Comparison.difference("gradients", groups.gradients, chunks.gradients, 1e-4)).isEmpty();
    assertThat(Comparison.difference("buffers", groups.buffers, chunks.buffers, 1e-5)).isEmpty();
    assertThat(chunks.gradients).doesNotContain(Double.NaN);
  }
}
