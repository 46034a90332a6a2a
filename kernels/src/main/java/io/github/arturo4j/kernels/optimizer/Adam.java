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
 * Adam with bias correction (Kingma and Ba, ICLR 2015, arXiv 1412.6980), and AdamW, which is Adam with decoupled weight
 * decay (Loshchilov and Hutter, ICLR 2019, arXiv 1711.05101); as PyTorch's {@code torch.optim.Adam} without weight
 * decay and {@code torch.optim.AdamW}. One launch a step.
 */
public final class Adam implements Optimizer {
  private final AdamHyperparameters hyperparameters;
  private final KernelShape shape;
  private final FloatArray control = new FloatArray(AdamUpdate.SIZE);
  private final StateArrays state = new StateArrays();
  private FloatArray firstMoment;
  private FloatArray secondMoment;
  private long steps;

  /** An optimizer with a state of its own, for one graph, in the graph's shape. */
  public Adam(AdamHyperparameters hyperparameters) {
    this(hyperparameters, null);
  }

  /** One in that shape, or for null as above. */
  public Adam(AdamHyperparameters hyperparameters, KernelShape shape) {
    this.hyperparameters = hyperparameters;
    this.shape = shape;
  }

  @Override
  public String name() {
    return hyperparameters.weightDecay() == 0 ? "adam" : "adamw";
  }

  @Override
  public void addTo(KernelGraph graph, FloatArray parameters, FloatArray gradients) {
    if (firstMoment != null) {
      throw new IllegalStateException("this optimizer is part of a graph already; make one for each graph");
    }
    int n = parameters.getSize();
    float beta1 = (float) hyperparameters.beta1();
    float rest1 = (float) (1 - hyperparameters.beta1());
    float beta2 = (float) hyperparameters.beta2();
    float rest2 = (float) (1 - hyperparameters.beta2());
    float eps = (float) hyperparameters.eps();
    firstMoment = new FloatArray(n);
    firstMoment.init(0f);
    secondMoment = new FloatArray(n);
    secondMoment.init(0f);
    state.add("firstMoment", firstMoment).add("secondMoment", secondMoment);
    graph.once(state.all()).everyTime(control).result(state.all());
    String task = graph.task("updateAdam");
    graph.cost(task, Cost.elements(n, 14, 4, 3));
    if (graph.shape(shape) == KernelShape.CHUNKS) {
      graph.add(
          g ->
              g.task(
                  task,
                  AdamUpdate::update,
                  control,
                  parameters,
                  gradients,
                  firstMoment,
                  secondMoment,
                  n,
                  beta1,
                  rest1,
                  beta2,
                  rest2,
                  eps));
      return;
    }
    GroupLayout cut = GroupLayout.of(n);
    KernelContext context = new KernelContext();
    graph.grid(task, cut.grid());
    graph.add(
        g ->
            g.task(
                task,
                AdamUpdate::updateInGroups,
                context,
                control,
                parameters,
                gradients,
                firstMoment,
                secondMoment,
                n,
                cut.threads(),
                beta1,
                rest1,
                beta2,
                rest2,
                eps));
  }

  @Override
  public void prepare(double learningRate) {
    Require.positive("the learning rate", learningRate);
    Require.decay("the learning rate", learningRate, hyperparameters.weightDecay());
    steps++;
    double stepSize = learningRate / (1 - Math.pow(hyperparameters.beta1(), steps));
    double rootCorrection = 1 / Math.sqrt(1 - Math.pow(hyperparameters.beta2(), steps));
    control.set(AdamUpdate.STEP_SIZE, (float) stepSize);
    control.set(AdamUpdate.ROOT_CORRECTION, (float) rootCorrection);
    control.set(AdamUpdate.DECAY, (float) (1 - learningRate * hyperparameters.weightDecay()));
  }

  @Override
  public Map<String, float[]> save(TornadoExecutionResult lastStep) {
    return state.save(lastStep);
  }

  @Override
  public void check(int parameters, Map<String, float[]> saved) {
    new StateCheck().numbers("firstMoment", parameters).notNegative("secondMoment", parameters).check(saved);
  }

  @Override
  public void restore(long steps, Map<String, float[]> saved) {
    state.restore(saved);
    this.steps = steps;
  }

  @Override
  public int bytesPerParameter() {
    return 7 * Float.BYTES;
  }
}
