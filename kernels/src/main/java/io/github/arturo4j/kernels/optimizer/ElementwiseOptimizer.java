// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.Map;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * An optimizer that treats each parameter alone: one launch a step, and state arrays of n values. An
 * implementation says what the launch is, and what its control array holds.
 */
public abstract class ElementwiseOptimizer implements Optimizer {
  private final String name;
  private final KernelShape shape;
  private final FloatArray control;
  private final String[] stateNames;
  private final StateArrays state = new StateArrays();
  private boolean added;

  /**
   * An optimizer with a state of its own, for one graph.
   *
   * @param name as in an experiment file
   * @param shape of the kernels; null for the graph's
   * @param controls numbers in the control array, that of {@link Optimizer#GRADIENT_SCALE} included
   * @param stateNames of the state's arrays, as a checkpoint has them
   */
  protected ElementwiseOptimizer(String name, KernelShape shape, int controls, String... stateNames) {
    this.name = name;
    this.shape = shape;
    this.stateNames = stateNames.clone();
    control = new FloatArray(controls);
    control.init(0f);
    control.set(GRADIENT_SCALE, 1f);
  }

  /** What a step has to do for n parameters. */
  protected abstract Cost cost(int n);

  /**
   * Adds the launch: a parallel loop, whichever the shape, whose bound is the array's own {@code getSize()}. A number that the
   * kernel is given as its bound TornadoVM 5.2 would replace by that of the threads, beyond the array's end ({@link
   * io.github.arturo4j.kernels.graph.LoopGrid}).
   *
   * @param task its name
   * @param state the arrays, in the order of their names
   */
  protected abstract void addLoop(TaskGraphInterface graph, String task, Parameters parameters, FloatArray[] state);

  /** What the values of a state's array begin as. */
  protected float initial(int array) {
    return 0f;
  }

  /** The arrays of the state for n parameters, made by whoever asks first. */
  protected final FloatArray[] state(int n) {
    if (state.isEmpty()) {
      for (int i = 0; i < stateNames.length; i++) {
        FloatArray array = new FloatArray(n);
        array.init(initial(i));
        state.add(stateNames[i], array);
      }
    }
    return Stream.of(state.all()).map(FloatArray.class::cast).toArray(FloatArray[]::new);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void addTo(KernelGraph graph, Parameters parameters) {
    if (added) {
      throw new IllegalStateException("this optimizer is part of a graph already; make one for each graph");
    }
    added = true;
    int n = parameters.size();
    FloatArray[] arrays = state(n);
    graph.once(state.all()).everyTime(control).result(state.all());
    String task = graph.task("update" + getClass().getSimpleName());
    graph.cost(task, cost(n));
    if (graph.shape(shape) == KernelShape.GROUPS) {
      graph.grid(task, GroupLayout.of(n).grid());
    }
    graph.add(g -> addLoop(g, task, parameters, arrays));
  }

  /** Any share will do, unless gradients are wanted at samples of all. */
  @Override
  public final int block(KernelShape inShape, int parameters) {
    return samples() ? 0 : 1;
  }

  @Override
  public final FloatArray control() {
    return control;
  }

  /** Sets a number of the control array. */
  protected final void control(int index, double value) {
    control.set(index, (float) value);
  }

  @Override
  public final Map<String, float[]> save(TornadoExecutionResult lastStep) {
    return state.save(lastStep);
  }

  /** Numbers, any of them; an implementation says more of an array. */
  @Override
  public void check(int parameters, Map<String, float[]> saved) {
    StateCheck check = new StateCheck();
    for (String array : stateNames) {
      check.numbers(array, parameters);
    }
    check.check(saved);
  }

  @Override
  public final void restore(Map<String, float[]> saved) {
    state.restore(saved);
  }

  /** Value and gradient are read, and each array of the state; all but the gradient are written. */
  @Override
  public final int bytesPerParameter() {
    return (3 + 2 * stateNames.length) * Float.BYTES;
  }
}
