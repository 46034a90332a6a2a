// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.optimizer.GradientClipping;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.NetworkArrays;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What a training step consists of, without a plan that could execute it: also for another device. */
public final class StepTasks {
  private StepTasks() {}

  /**
   * The tasks of a step, in their order: those of {@link TrainingPlan#tasks} if the traits are the device's own.
   *
   * @param optimizer a new one
   * @param examples of the training set, of which one suffices
   * @param loss of the training
   * @param batchSize images of a full batch
   * @param traits what the kernels are chosen for
   * @throws IllegalArgumentException if the network cannot take the examples
   */
  public static List<GraphTask> of(
      Network network, Optimizer optimizer, Examples examples, Preprocessing preprocessing, Loss loss, int batchSize,
      TornadoDevice device, DeviceTraits traits) {
    examples.checkFits(network, loss);
    FloatArray parameters = new FloatArray(network.parameterCount());
    FloatArray gradients = new FloatArray(network.parameterCount());
    FloatArray buffers = NetworkArrays.buffers(network.initialBuffers());
    NetworkArrays arrays = new NetworkArrays(parameters, gradients, buffers, NetworkTasks.control(network));
    ExampleBatch batch = new ExampleBatch(new DeviceExamples(examples), preprocessing, loss, batchSize);
    KernelProgram program = new KernelProgram(device, traits);
    return new StepSections(program, network, optimizer, batch, arrays, false, List.of(), null, GradientClipping.NONE).tasks();
  }
}
