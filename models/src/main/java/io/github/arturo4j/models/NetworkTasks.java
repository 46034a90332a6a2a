// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.KernelGraph;
import io.github.arturo4j.kernels.Phase;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.nn.StepControl;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The tasks of a whole network on one batch: forward, loss and backward. */
final class NetworkTasks {
  private final Network network;
  private final List<StageTasks> stages = new ArrayList<>();

  private NetworkTasks(Network network, LinearAlgebra algebra, int batch, FloatArray x) {
    this.network = network;
    FloatArray input = x;
    for (Stage stage : network.stages()) {
      StageTasks tasks = new StageTasks(stage, algebra, batch, input);
      stages.add(tasks);
      input = tasks.output();
    }
  }

  /** Number of dropout layers. */
  static int dropouts(Network network) {
    return (int) network.stages().stream().filter(s -> s.dropout() > 0).count();
  }

  /** Adds the tasks of an evaluation: no dropout, no gradient. */
  static NetworkTasks addEvaluation(
      KernelGraph graph, Network network, DeviceImages images, int batch, FloatArray parameters,
      StepControl control) {
    FloatArray x = images.addTo(graph, control);
    NetworkTasks tasks = new NetworkTasks(network, LinearAlgebra.forDevice(graph.device()), batch, x);
    for (StageTasks stage : tasks.stages) {
      stage.addForward(graph, parameters);
    }
    images.addLoss(graph.phase(Phase.LOSS), control, tasks.logits(), network.classes());
    return tasks;
  }

  /** Adds the tasks that compute the gradient of a batch's mean loss. */
  static NetworkTasks addTraining(
      KernelGraph graph, Network network, DeviceImages images, int batch, FloatArray parameters,
      FloatArray gradients, StepControl control) {
    FloatArray x = images.addTo(graph, control);
    NetworkTasks tasks = new NetworkTasks(network, LinearAlgebra.forDevice(graph.device()), batch, x);
    tasks.addForwardWithDropout(graph, parameters, control);
    FloatArray gradient = tasks.stages.getLast().outputGradient();
    graph.phase(Phase.LOSS);
    images.addLoss(graph, control, tasks.logits(), network.classes());
    images.addLossBackward(graph, control, tasks.logits(), gradient, network.classes());
    graph.phase(Phase.BACKWARD);
    for (int i = tasks.stages.size() - 1; i >= 0; i--) {
      FloatArray inputGradient = i == 0 ? null : tasks.stages.get(i - 1).outputGradient();
      tasks.stages.get(i).addBackward(graph, parameters, gradients, inputGradient);
    }
    return tasks;
  }

  private void addForwardWithDropout(KernelGraph graph, FloatArray parameters, StepControl control) {
    int dropout = 0;
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).addForward(graph, parameters);
      if (network.stages().get(i).dropout() > 0) {
        stages.get(i).addDropout(graph, control, dropout++);
      }
    }
  }

  private FloatArray logits() {
    return stages.getLast().output();
  }

  /** Bytes of activations and their gradients. */
  long bytes() {
    return stages.stream().mapToLong(StageTasks::bytes).sum();
  }
}
