// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.Activation;
import io.github.arturo4j.models.layer.ForwardPass;
import io.github.arturo4j.models.layer.NetworkArrays;
import io.github.arturo4j.models.layer.Stage;
import io.github.arturo4j.models.layer.StageSite;
import io.github.arturo4j.models.layer.StageTasks;
import io.github.arturo4j.models.layer.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The tasks of a whole network on one batch: forward, loss and backward. */
public final class NetworkTasks {
  private final List<StageTasks> stages = new ArrayList<>();

  private NetworkTasks(Network network, LinearAlgebra algebra, int batch, Activation images) {
    Map<Value, Activation> activations = new IdentityHashMap<>();
    activations.put(network.inputValue(), images);
    for (Stage stage : network.stages()) {
      List<Activation> inputs = stage.inputs().stream().map(value -> activations.get(value.origin())).toList();
      StageTasks tasks = stage.tasks(new StageSite(batch, inputs, algebra));
      stages.add(tasks);
      activations.put(stage.output().origin(), tasks.output());
    }
  }

  /** Streams of random numbers that a training step draws from. */
  public static int randomStreams(Network network) {
    return network.stages().stream().mapToInt(Stage::randomStreams).sum();
  }

  private static NetworkTasks on(
      KernelGraph graph, Network network, DeviceImages images, int batch, NetworkArrays arrays) {
    Activation x = Activation.images(images.addTo(graph, arrays.control()));
    return new NetworkTasks(network, LinearAlgebra.forGraph(graph), batch, x);
  }

  /** Adds the tasks of an evaluation: running statistics, no dropout, no gradient. */
  public static NetworkTasks addEvaluation(
      KernelGraph graph, Network network, DeviceImages images, int batch, NetworkArrays arrays) {
    NetworkTasks tasks = on(graph, network, images, batch, arrays);
    tasks.addForward(new ForwardPass(graph, arrays, false));
    images.addLoss(graph.phase(Phase.LOSS), arrays.control(), tasks.logits().values(), network.classes());
    return tasks;
  }

  /** Adds the tasks that compute the gradient of a batch's mean loss. */
  public static NetworkTasks addTraining(
      KernelGraph graph, Network network, DeviceImages images, int batch, NetworkArrays arrays) {
    NetworkTasks tasks = on(graph, network, images, batch, arrays);
    tasks.addForward(new ForwardPass(graph, arrays, true));
    Activation logits = tasks.logits();
    graph.phase(Phase.LOSS);
    images.addLossAndGradient(
        graph, arrays.control(), logits.values(), logits.newGradient(), network.classes());
    graph.phase(Phase.BACKWARD);
    for (StageTasks stage : tasks.stages.reversed()) {
      if (stage.output().differentiable()) {
        stage.addBackward(graph, arrays);
      }
    }
    return tasks;
  }

  private void addForward(ForwardPass pass) {
    stages.forEach(stage -> stage.addForward(pass));
  }

  /** What the last stage puts out. */
  public Activation logits() {
    return stages.getLast().output();
  }
}
