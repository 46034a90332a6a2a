// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.inspect.ExecutionProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * An optimizer on its own: gradients come from the host, step by step. This is how another library's model, a test or
 * a benchmark uses an optimizer of this one.
 */
public final class OptimizerPlan implements AutoCloseable {
  private static final String BEFORE = "before";
  private static final String UPDATE = "update";

  private final Optimizer optimizer;
  private final FloatArray parameters;
  private final FloatArray gradients;
  private final List<GraphTask> tasks;
  private final GraphPlan plan;
  private boolean begun;
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
    Parameters trained = Parameters.of(parameters, gradients);
    KernelProgram program = new KernelProgram(device);
    KernelGraph before = program.section(BEFORE);
    if (optimizer.samples()) {
      optimizer.addBefore(before.once(parameters).result(parameters), trained);
    }
    KernelGraph graph = program.section(UPDATE).once(parameters).result(parameters);
    if (freshGradients) {
      graph.everyTime(gradients);
    } else {
      graph.once(gradients);
    }
    optimizer.addTo(graph, trained);
    tasks = graph.tasks();
    plan = program.plan();
  }

  /**
   * Begins a step: where the optimizer wants its gradient, which is at the parameters unless it {@linkplain
   * Optimizer#samples samples}.
   *
   * @param rate the step's
   */
  public float[] sample(double rate) {
    begin(rate);
    if (!optimizer.samples()) {
      return parameters();
    }
    plan.result(BEFORE).transferToHost(parameters);
    return parameters.toHeapArray();
  }

  private void begin(double rate) {
    if (!begun) {
      optimizer.prepare(steps + 1, rate);
      plan.execute(BEFORE);
      begun = true;
    }
  }

  /**
   * One step with the gradient at the present parameters, or at {@link #sample}, and the rate in force.
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
    step(rate, () -> plan.execute(UPDATE));
  }

  /** The same; how long each of its tasks took, or nothing where the backend does not tell. */
  public Optional<ExecutionProfile> profiledStep(double rate) {
    return step(rate, () -> plan.executeProfiled(UPDATE).profile());
  }

  private <T> T step(double rate, Supplier<T> execution) {
    begin(rate);
    optimizer.prepare(steps + 1, rate);
    T result = execution.get();
    begun = false;
    steps++;
    return result;
  }

  /** The tasks of a step, but for those of {@link #sample}. */
  public List<GraphTask> tasks() {
    return tasks;
  }

  /**
   * Goes on with an optimizer's saved state. Before the first step only.
   *
   * @param before steps that were taken before the state was saved
   * @throws IllegalArgumentException if it is not a state of such an optimizer with as many parameters
   */
  public void restore(long before, Map<String, float[]> state) {
    if (begun || last() != null) {
      throw new IllegalStateException("this plan has made a step already; restore a new one");
    }
    optimizer.restore(state);
    steps = before;
  }

  /** Downloads the parameters; before the first step, the initial ones. */
  public float[] parameters() {
    TornadoExecutionResult last = last();
    if (last != null) {
      last.transferToHost(parameters);
    }
    return parameters.toHeapArray();
  }

  /** The last step's result, from which an optimizer downloads its state. */
  public TornadoExecutionResult last() {
    return plan.result(UPDATE);
  }

  /** What the last step did. */
  public StepReport report() {
    return optimizer.report(last());
  }

  /** Downloads the optimizer's state, see {@link #restore}. */
  public Map<String, float[]> save() {
    return optimizer.save(last());
  }

  /** Downloads the precisions. */
  public float[] precision() {
    return optimizer.precision(last());
  }

  @Override
  public void close() {
    plan.close();
  }
}
