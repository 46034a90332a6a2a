// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.models.plan.DeviceImages;
import java.util.ArrayList;
import java.util.List;

/** The tasks of a whole network on one batch: forward, loss and backward. */
public final class NetworkTasks {
  private final List<StageTasks> stages = new ArrayList<>();

  private NetworkTasks(Network network, LinearAlgebra algebra, int batch, Activation images) {
    for (Stage stage : network.stages()) {
      Activation input = activation(stage.input(), images);
      Activation shortcut =
          switch (stage) {
            case Stage.Norm norm when norm.shortcut() != Stage.NONE -> activation(norm.shortcut(), images);
            case Stage.Sum sum -> activation(sum.shortcut(), images);
            default -> null;
          };
      stages.add(StageTasks.of(stage, algebra, batch, input, shortcut));
    }
  }

  private Activation activation(int stage, Activation images) {
    return stage == Stage.IMAGES ? images : stages.get(stage).output();
  }

  /** Number of dropout layers. */
  public static int dropouts(Network network) {
    return (int) network.stages().stream().filter(s -> s.dropout() > 0).count();
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
    for (StageTasks stage : tasks.stages) {
      stage.addForward(graph, arrays, false);
    }
    images.addLoss(graph.phase(Phase.LOSS), arrays.control(), tasks.logits().values(), network.classes());
    return tasks;
  }

  /** Adds the tasks that compute the gradient of a batch's mean loss. */
  public static NetworkTasks addTraining(
      KernelGraph graph, Network network, DeviceImages images, int batch, NetworkArrays arrays) {
    NetworkTasks tasks = on(graph, network, images, batch, arrays);
    tasks.addForwardWithDropout(graph, arrays);
    Activation logits = tasks.logits();
    graph.phase(Phase.LOSS);
    images.addLossAndGradient(
        graph, arrays.control(), logits.values(), logits.newGradient(), network.classes());
    graph.phase(Phase.BACKWARD);
    for (StageTasks stage : tasks.stages.reversed()) {
      stage.addBackward(graph, arrays);
    }
    return tasks;
  }

  private void addForwardWithDropout(KernelGraph graph, NetworkArrays arrays) {
    int dropout = 0;
    for (StageTasks stage : stages) {
      if (stage instanceof ProductTasks product && product.hasDropout()) {
        product.addForwardWithDropout(graph, arrays, dropout++);
      } else {
        stage.addForward(graph, arrays, true);
      }
    }
  }

  /** What the last stage puts out. */
  Activation logits() {
    return stages.getLast().output();
  }
}
