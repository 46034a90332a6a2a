// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import java.util.Map;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Adam with bias correction (Kingma and Ba, ICLR 2015, arXiv 1412.6980), and AdamW, which is Adam with decoupled weight
 * decay (Loshchilov and Hutter, ICLR 2019, arXiv 1711.05101); as PyTorch's {@code torch.optim.Adam} without weight
 * decay and {@code torch.optim.AdamW}. One launch a step.
 */
public final class Adam extends ElementwiseOptimizer {
  private static final String FIRST = "firstMoment";
  private static final String SECOND = "secondMoment";

  private final AdamWHyperparameters hyperparameters;

  /** Adam with a state of its own, for one graph, in the graph's shape. */
  public Adam(AdamHyperparameters hyperparameters) {
    this(hyperparameters, null);
  }

  /** Adam in that shape, or for null as above. */
  public Adam(AdamHyperparameters hyperparameters, KernelShape shape) {
    this(hyperparameters.name(), hyperparameters.withWeightDecay(0), shape);
  }

  /** AdamW with a state of its own, for one graph, in the graph's shape. */
  public Adam(AdamWHyperparameters hyperparameters) {
    this(hyperparameters, null);
  }

  /** AdamW in that shape, or for null as above. */
  public Adam(AdamWHyperparameters hyperparameters, KernelShape shape) {
    this(hyperparameters.name(), hyperparameters, shape);
  }

  private Adam(String name, AdamWHyperparameters hyperparameters, KernelShape shape) {
    super(name, shape, AdamUpdate.SIZE, FIRST, SECOND);
    this.hyperparameters = hyperparameters;
    control(AdamUpdate.BETA1, hyperparameters.beta1());
    control(AdamUpdate.REST1, 1 - hyperparameters.beta1());
    control(AdamUpdate.BETA2, hyperparameters.beta2());
    control(AdamUpdate.REST2, 1 - hyperparameters.beta2());
    control(AdamUpdate.EPS, hyperparameters.eps());
  }

  @Override
  protected Cost cost(int n) {
    return Cost.elements(n, 15, 4, 3);
  }

  @Override
  protected void addLoop(TaskGraphInterface graph, String task, Parameters p, FloatArray[] state) {
    graph.task(task, AdamUpdate::update, control(), p.values(), p.gradients(), state[0], state[1]);
  }

  @Override
  public void prepare(long step, double learningRate) {
    Require.positive("the learning rate", learningRate);
    Require.decay("the learning rate", learningRate, hyperparameters.weightDecay());
    control(AdamUpdate.STEP_SIZE, learningRate / (1 - Math.pow(hyperparameters.beta1(), step)));
    control(AdamUpdate.ROOT_CORRECTION, 1 / Math.sqrt(1 - Math.pow(hyperparameters.beta2(), step)));
    control(AdamUpdate.DECAY, 1 - learningRate * hyperparameters.weightDecay());
  }

  @Override
  public void check(int parameters, Map<String, float[]> saved) {
    new StateCheck().numbers(FIRST, parameters).notNegative(SECOND, parameters).check(saved);
  }
}
