// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.Map;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Stochastic gradient descent with momentum, in the convention of PyTorch's {@code torch.optim.SGD} without dampening
 * and Nesterov: the velocity is a sum of gradients that the learning rate multiplies when it is used, so that a new
 * rate applies to all of it; the first velocity is the first gradient. Sutskever et al., "On the importance of
 * initialization and momentum in deep learning", ICML 2013. One launch a step.
 */
public final class Sgd implements Optimizer {
  private final SgdHyperparameters hyperparameters;
  private final KernelShape shape;
  private final FloatArray control = new FloatArray(SgdUpdate.SIZE);
  private final StateArrays state = new StateArrays();
  private FloatArray velocity;

  /** An optimizer with a state of its own, for one graph, in the graph's shape. */
  public Sgd(SgdHyperparameters hyperparameters) {
    this(hyperparameters, null);
  }

  /** One in that shape, or for null as above. */
  public Sgd(SgdHyperparameters hyperparameters, KernelShape shape) {
    this.hyperparameters = hyperparameters;
    this.shape = shape;
  }

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public void addTo(KernelGraph graph, FloatArray parameters, FloatArray gradients) {
    if (velocity != null) {
      throw new IllegalStateException("this optimizer is part of a graph already; make one for each graph");
    }
    int n = parameters.getSize();
    float momentum = (float) hyperparameters.momentum();
    float weightDecay = (float) hyperparameters.weightDecay();
    velocity = new FloatArray(n);
    velocity.init(0f);
    state.add("velocity", velocity);
    graph.once(state.all()).everyTime(control).result(state.all());
    String task = graph.task("updateSgd");
    graph.cost(task, Cost.elements(n, 6, 3, 2));
    if (graph.shape(shape) == KernelShape.CHUNKS) {
      graph.add(
          g ->
              g.task(task, SgdUpdate::update, control, parameters, gradients, velocity, n, momentum, weightDecay));
      return;
    }
    GroupLayout cut = GroupLayout.of(n);
    KernelContext context = new KernelContext();
    graph.grid(task, cut.grid());
    graph.add(
        g ->
            g.task(
                task,
                SgdUpdate::updateInGroups,
                context,
                control,
                parameters,
                gradients,
                velocity,
                n,
                cut.threads(),
                momentum,
                weightDecay));
  }

  @Override
  public void prepare(double learningRate) {
    Require.positive("the learning rate", learningRate);
    control.set(SgdUpdate.RATE, (float) learningRate);
  }

  @Override
  public Map<String, float[]> save(TornadoExecutionResult lastStep) {
    return state.save(lastStep);
  }

  @Override
  public void check(int parameters, Map<String, float[]> saved) {
    new StateCheck().numbers("velocity", parameters).check(saved);
  }

  @Override
  public void restore(long steps, Map<String, float[]> saved) {
    state.restore(saved);
  }

  @Override
  public int bytesPerParameter() {
    return 5 * Float.BYTES;
  }
}
