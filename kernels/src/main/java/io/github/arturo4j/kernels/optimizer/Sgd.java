// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Stochastic gradient descent with momentum, in the convention of PyTorch's {@code torch.optim.SGD} without dampening
 * and Nesterov: the velocity is a sum of gradients that the learning rate multiplies when it is used, so that a new
 * rate applies to all of it; the first velocity is the first gradient. Sutskever et al., "On the importance of
 * initialization and momentum in deep learning", ICML 2013. One launch a step.
 */
public final class Sgd extends ElementwiseOptimizer {
  /** An optimizer with a state of its own, for one graph, in the graph's shape. */
  public Sgd(SgdHyperparameters hyperparameters) {
    this(hyperparameters, null);
  }

  /** One in that shape, or for null as above. */
  public Sgd(SgdHyperparameters hyperparameters, KernelShape shape) {
    super(hyperparameters.name(), shape, SgdUpdate.SIZE, "velocity");
    control(SgdUpdate.MOMENTUM, hyperparameters.momentum());
    control(SgdUpdate.WEIGHT_DECAY, hyperparameters.weightDecay());
  }

  @Override
  protected Cost cost(int n) {
    return Cost.elements(n, 7, 3, 2);
  }

  @Override
  protected void addLoop(TaskGraphInterface graph, String task, Parameters p, FloatArray[] state) {
    graph.task(task, SgdUpdate::update, control(), p.values(), p.gradients(), state[0]);
  }

  @Override
  public void prepare(long step, double learningRate) {
    Require.positive("the learning rate", learningRate);
    control(SgdUpdate.RATE, learningRate);
  }
}
