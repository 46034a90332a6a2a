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
import io.github.arturo4j.models.layer.ArrayPool;
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
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The tasks of a whole network on one batch: forward, loss and backward. */
public final class NetworkTasks {
  private final List<StageTasks> stages = new ArrayList<>();
  private final ArrayPool arrays;

  /**
   * Adds the stages' tasks of a way forward.
   *
   * @param arrays of the stages' values and gradients
   * @param returns whether there will be a way back, for which the values of all stages are kept
   */
  private NetworkTasks(
      Network network, LinearAlgebra algebra, ArrayPool arrays, int batch, FloatArray inputs, ForwardPass pass, boolean returns) {
    this.arrays = arrays;
    Map<Value, Stage> lastTakers = new IdentityHashMap<>();
    network.stages().forEach(stage -> stage.inputs().forEach(value -> lastTakers.put(value.origin(), stage)));
    Map<Value, Activation> activations = new IdentityHashMap<>();
    activations.put(network.inputValue(), Activation.images(inputs));
    for (Stage stage : network.stages()) {
      List<Value> taken = stage.inputs().stream().map(Value::origin).toList();
      StageTasks tasks = stage.tasks(new StageSite(batch, taken.stream().map(activations::get).toList(), algebra, arrays));
      tasks.addForward(pass);
      stages.add(tasks);
      activations.put(stage.output().origin(), tasks.output());
      if (!returns) {
        tasks.end();
        taken.stream().filter(value -> lastTakers.get(value) == stage).forEach(value -> activations.get(value).endValues());
      }
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
    ForwardPass pass = ForwardPass.evaluation(graph, arrays, once, dropout);
    return new NetworkTasks(network, LinearAlgebra.forGraph(graph), new ArrayPool(), size, inputs, pass, false);
  }

  /** Adds the tasks of a training's way forward, which bring the running statistics nearer to those of a batch. */
  static void addStatistics(KernelGraph graph, Network network, FloatArray inputs, int size, NetworkArrays arrays) {
    ForwardPass pass = ForwardPass.training(graph, arrays);
    new NetworkTasks(network, LinearAlgebra.forGraph(graph), new ArrayPool(), size, inputs, pass, false);
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
    return addTraining(graph, network, examples, arrays, stage -> graph);
  }

  /**
   * The same, the way back in several sections.
   *
   * @param backward the section of a stage's way back; asked from the last stage, 0 being the first one's number, to the first
   */
  static NetworkTasks addTraining(
      KernelGraph graph, Network network, ExampleBatch examples, NetworkArrays arrays, IntFunction<KernelGraph> backward) {
    FloatArray inputs = examples.addTo(graph, arrays.control());
    ForwardPass pass = ForwardPass.training(graph, arrays);
    NetworkTasks tasks =
        new NetworkTasks(network, LinearAlgebra.forGraph(graph), new ArrayPool(), examples.size(), inputs, pass, true);
    Activation outputs = tasks.outputs();
    graph.phase(Phase.LOSS);
    examples.addLossAndGradient(
        graph, arrays.control(), outputs.values(), outputs.newGradient(), network.outputs());
    tasks.addBackward(backward, arrays);
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
    ArrayPool sizes = ArrayPool.ofSizes();
    FloatArray inputs = sizes.take(Math.multiplyExact(size, network.input().size()));
    NetworkArrays arrays =
        new NetworkArrays(parameters, parameters, NetworkArrays.buffers(network.initialBuffers()), control(network));
    KernelGraph graph = new KernelGraph("products", device);
    ForwardPass pass =
        trains
            ? ForwardPass.training(graph, arrays)
            : ForwardPass.evaluation(graph, arrays, new KernelGraph("once", device), false);
    NetworkTasks tasks = new NetworkTasks(network, recorder, sizes, size, inputs, pass, trains);
    if (trains) {
      tasks.outputs().newGradient();
      tasks.addBackward(stage -> graph, arrays);
    }
    return recorder.products();
  }

  private void addBackward(IntFunction<KernelGraph> graphs, NetworkArrays arrays) {
    for (int i = stages.size() - 1; i >= 0; i--) {
      StageTasks stage = stages.get(i);
      KernelGraph graph = graphs.apply(i).phase(Phase.BACKWARD);
      if (stage.output().differentiable()) {
        stage.addBackward(graph, arrays);
      }
      stage.end();
      if (stage != stages.getLast()) {
        stage.output().endValues();
      }
    }
  }

  /** What the last stage puts out. */
  public Activation outputs() {
    return stages.getLast().output();
  }

  /** Bytes of the stages' values and gradients. */
  long bytes() {
    return arrays.bytes();
  }
}
