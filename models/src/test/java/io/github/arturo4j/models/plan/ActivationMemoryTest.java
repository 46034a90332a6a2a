// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.GlobalAveragePool;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.NetworkArrays;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Residual;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.layer.Tanh;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** How many arrays of a network's stages there are: those of stages that put out 6×8×8, of a batch, are all alike. */
class ActivationMemoryTest {
  private static final TornadoDevice DEVICE = Devices.find(null).device();
  private static final int BATCH = 5;
  private static final long ARRAY = BATCH * 6 * 64 * 4L;
  private static final long REST = BATCH * (6 + 3) * 4L; // of the average and the outputs

  /** The first, and three times two stages of a path and four of a residual: nineteen, and the two at the end. */
  private static Network network() {
    List<Layer> layers = new ArrayList<>(List.of(new Conv2d(6, 3, 1)));
    for (int i = 0; i < 3; i++) {
      layers.addAll(List.of(new Conv2d(6, 3, 1), new Tanh()));
      layers.add(new Residual(List.of(new Conv2d(6, 3, 1), new Tanh(), new Conv2d(6, 3, 1)), List.of()));
      layers.add(new ReLU()); // fused with the sum
    }
    layers.addAll(List.of(new GlobalAveragePool(), new Linear(3)));
    return new Network("paths", new Shape(6, 8, 8), layers);
  }

  private static NetworkArrays arrays(Network network) {
    FloatArray parameters = new FloatArray(network.parameterCount());
    return new NetworkArrays(parameters, parameters, null, new BatchControl(0));
  }

  @Test
  void aTrainingKeepsTheValuesOfAllStagesAndGradientsOfFew() {
    Network network = network();
    ExampleBatch batch =
        new ExampleBatch(
            new DeviceExamples(TestImages.bars(BATCH, network.input(), 3, 1)), Preprocessing.NONE, new CrossEntropy(), BATCH);
    NetworkTasks tasks = NetworkTasks.addTraining(new KernelGraph("step", DEVICE), network, batch, arrays(network));
    assertThat(network.stages()).hasSize(21);
    assertThat(tasks.bytes()).isBetween(19 * ARRAY, 22 * ARRAY + 3 * REST);
  }

  @Test
  void whatHasNoWayBackKeepsWhatTheNextStagesTake() {
    Network network = network();
    KernelGraph once = new KernelGraph("once", DEVICE);
    FloatArray inputs = new FloatArray(BATCH * network.input().size());
    NetworkTasks tasks = NetworkTasks.addPrediction(once, new KernelGraph("predict", DEVICE), network, inputs, BATCH, arrays(network));
    assertThat(tasks.bytes()).isBetween(3 * ARRAY, 3 * ARRAY + REST);
  }
}
