// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.Map;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * An optimizer on its own: gradients come from the host, step by step. This is how another library's model, a test or
 * a benchmark uses an optimizer of this one.
 */
public final class OptimizerPlan implements AutoCloseable {
  private final Optimizer optimizer;
  private final FloatArray parameters;
  private final FloatArray gradients;
  private final GraphPlan plan;
  private TornadoExecutionResult last;
  private long steps;

  /** Builds the plan; {@code initialParameters} (n values) are copied. */
  public OptimizerPlan(Optimizer optimizer, float[] initialParameters, TornadoDevice device) {
    this(optimizer, initialParameters, device, true);
  }

  /**
   * Builds the plan.
   *
   * @param freshGradients whether the gradients are sent before each step; if not, those of the first step stay
   */
  public OptimizerPlan(
      Optimizer optimizer, float[] initialParameters, TornadoDevice device, boolean freshGradients) {
    this.optimizer = optimizer;
    parameters = FloatArray.fromArray(initialParameters);
    gradients = new FloatArray(initialParameters.length);
    KernelGraph graph = new KernelGraph("optimizer", device).once(parameters).result(parameters);
    if (freshGradients) {
      graph.everyTime(gradients);
    } else {
      graph.once(gradients);
    }
    optimizer.addTo(graph, Parameters.of(parameters, gradients));
    plan = graph.plan();
  }

  /**
   * One step with the gradient at the present parameters and the rate in force.
   *
   * @param gradient a value for each parameter
   * @throws IllegalArgumentException if there are more or fewer
   */
  public void step(float[] gradient, double rate) {
    if (gradient.length != gradients.getSize()) {
      throw new IllegalArgumentException(
          "the gradient has " + gradient.length + " values for " + gradients.getSize() + " parameters");
    }
    for (int i = 0; i < gradient.length; i++) {
      gradients.set(i, gradient[i]);
    }
    step(rate);
  }

  /** One step with the gradients as they are. */
  public void step(double rate) {
    optimizer.prepare(steps + 1, rate);
    last = plan.execute();
    steps++;
  }

  /**
   * Goes on with an optimizer's saved state. Before the first step only.
   *
   * @param before steps that were taken before the state was saved
   * @throws IllegalArgumentException if it is not a state of such an optimizer with as many parameters
   */
  public void restore(long before, Map<String, float[]> state) {
    if (last != null) {
      throw new IllegalStateException("this plan has made a step already; restore a new one");
    }
    optimizer.restore(state);
    steps = before;
  }

  /** Downloads the parameters; before the first step, the initial ones. */
  public float[] parameters() {
    if (last != null) {
      last.transferToHost(parameters);
    }
    return parameters.toHeapArray();
  }

  /** The last step's result, from which an optimizer downloads its state. */
  public TornadoExecutionResult last() {
    return last;
  }

  /** What the last step did. */
  public StepReport report() {
    return optimizer.report(last);
  }

  /** Downloads the precisions. */
  public float[] precision() {
    return optimizer.precision(last);
  }

  @Override
  public void close() {
    plan.close();
  }
}
