// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.Product;
import io.github.arturo4j.kernels.linalg.ProductRecorder;
import io.github.arturo4j.kernels.nn.BatchControl;
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
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

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

  /** The control of a network's executions. */
  public static BatchControl control(Network network) {
    return new BatchControl(
        network.stages().stream()
            .flatMapToInt(stage -> IntStream.generate(stage::randomValues).limit(stage.randomStreams()))
            .toArray());
  }

  /**
   * Adds the tasks from a batch's inputs to its outputs: running statistics, no dropout, no gradient.
   *
   * @param once the section before, with what is the same for all batches
   * @param inputs [size, the network's input]
   */
  static NetworkTasks addPrediction(
      KernelGraph once, KernelGraph graph, Network network, FloatArray inputs, int size, NetworkArrays arrays) {
    return addPrediction(once, graph, network, inputs, size, arrays, false);
  }

  /** The same, with or without dropout. */
  static NetworkTasks addPrediction(
      KernelGraph once, KernelGraph graph, Network network, FloatArray inputs, int size, NetworkArrays arrays, boolean dropout) {
    NetworkTasks tasks = new NetworkTasks(network, LinearAlgebra.forGraph(graph), size, Activation.images(inputs));
    tasks.addForward(ForwardPass.evaluation(graph, arrays, once, dropout));
    return tasks;
  }

  /** Adds the tasks of a training's way forward, which bring the running statistics nearer to those of a batch. */
  static void addStatistics(KernelGraph graph, Network network, FloatArray inputs, int size, NetworkArrays arrays) {
    new NetworkTasks(network, LinearAlgebra.forGraph(graph), size, Activation.images(inputs))
        .addForward(ForwardPass.training(graph, arrays));
  }

  /**
   * Adds the tasks of an evaluation: those of a prediction, and the loss.
   *
   * @param once the section before, with what is the same for all batches
   */
  public static NetworkTasks addEvaluation(
      KernelGraph once, KernelGraph graph, Network network, ExampleBatch examples, NetworkArrays arrays) {
    FloatArray inputs = examples.addTo(graph, arrays.control());
    NetworkTasks tasks = addPrediction(once, graph, network, inputs, examples.size(), arrays);
    examples.addLoss(graph.phase(Phase.LOSS), arrays.control(), tasks.outputs().values(), network.outputs());
    return tasks;
  }

  /** Adds the tasks that compute the gradient of a batch's mean loss, or a micro-batch's part of it. */
  public static NetworkTasks addTraining(
      KernelGraph graph, Network network, ExampleBatch examples, NetworkArrays arrays) {
    Activation x = Activation.images(examples.addTo(graph, arrays.control()));
    NetworkTasks tasks = new NetworkTasks(network, LinearAlgebra.forGraph(graph), examples.size(), x);
    tasks.addForward(ForwardPass.training(graph, arrays));
    Activation outputs = tasks.outputs();
    graph.phase(Phase.LOSS);
    examples.addLossAndGradient(
        graph, arrays.control(), outputs.values(), outputs.newGradient(), network.outputs());
    tasks.addBackward(graph.phase(Phase.BACKWARD), arrays);
    return tasks;
  }

  /**
   * The products of matrices of a batch, each once.
   *
   * @param size examples of the batch
   * @param trains whether its gradients are computed, too
   */
  public static List<Product> products(Network network, TornadoDevice device, int size, boolean trains) {
    ProductRecorder recorder = new ProductRecorder();
    FloatArray parameters = new FloatArray(network.parameterCount());
    FloatArray inputs = new FloatArray(Math.multiplyExact(size, network.input().size()));
    NetworkArrays arrays =
        new NetworkArrays(parameters, parameters, NetworkArrays.buffers(network.initialBuffers()), control(network));
    NetworkTasks tasks = new NetworkTasks(network, recorder, size, Activation.images(inputs));
    KernelGraph graph = new KernelGraph("products", device);
    if (trains) {
      tasks.addForward(ForwardPass.training(graph, arrays));
      tasks.outputs().newGradient();
      tasks.addBackward(graph, arrays);
    } else {
      tasks.addForward(ForwardPass.evaluation(graph, arrays, new KernelGraph("once", device), false));
    }
    return recorder.products();
  }

  private void addBackward(KernelGraph graph, NetworkArrays arrays) {
    for (StageTasks stage : stages.reversed()) {
      if (stage.output().differentiable()) {
        stage.addBackward(graph, arrays);
      }
    }
  }

  private void addForward(ForwardPass pass) {
    stages.forEach(stage -> stage.addForward(pass));
  }

  /** What the last stage puts out. */
  public Activation outputs() {
    return stages.getLast().output();
  }
}
