// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * An optimizer: a small state that lives on the device, and the tasks of one step.
 *
 * <p>Order of calls: {@link #addBefore} and {@link #addTo} once; then for every step {@link #prepare}, and one execution of
 * each graph.
 * {@link #report}, {@link #precision} and {@link #save} may follow any execution; the result they are given is
 * null before the first one. {@link #restore} may stand between {@code addTo} and the first execution.
 */
public interface Optimizer {
  /** Index in the {@link #control} array of the factor that a step applies to the gradients. */
  int GRADIENT_SCALE = 0;

  /** The name of all parameters, where there are no groups. */
  String ALL = "all";

  /** The optimizer's name, as in an experiment file. */
  String name();

  /** Whether it wants the gradients elsewhere than at the parameters, and a step begins with {@link #addBefore}'s tasks. */
  default boolean samples() {
    return false;
  }

  /**
   * Adds the tasks that a step begins with, of an optimizer that {@link #samples}; others have none. They
   * are executed once, however many micro-batches follow. Called before {@link #addTo}, with the same parameters, whose
   * values the step's end puts back.
   *
   * @param graph of a section before that of the gradients
   */
  default void addBefore(KernelGraph graph, Parameters parameters) {}

  /** Sets the seed of an optimizer that draws random numbers; others ignore it. */
  default void seed(long seed) {}

  /**
   * Adds the tasks of one step to a graph. The graph's owner has to make values and gradients reachable (once, consume).
   *
   * @throws IllegalStateException if the optimizer is part of a graph already
   */
  void addTo(KernelGraph graph, Parameters parameters);

  /**
   * The same where several devices may divide the parameters among them, see {@link #block}.
   *
   * @throws IllegalStateException if the optimizer is part of a graph already
   */
  default void addTo(OptimizerStep step) {
    addTo(step.graph(), step.parameters());
  }

  /**
   * Values that have to stay together where several devices divide the parameters among them, and each has the state of its own share
   * alone; 0 of an optimizer that cannot be divided. In {@link KernelShape#CHUNKS} a step is to the bit the same for any number of
   * devices; in {@link KernelShape#GROUPS} sums over all parameters are rounded in other places.
   *
   * @param shape of the kernels
   * @param parameters how many there are on all devices
   */
  default int block(KernelShape shape, int parameters) {
    return 0;
  }

  /** The arrays of the {@linkplain #save state} that do not have a value for each parameter, and are the same on all devices. */
  default Set<String> common() {
    return Set.of();
  }

  /**
   * Sets what changes from step to step.
   *
   * @param step the step's number, from 1 on, those before a {@link #restore} included
   * @param rate the scheduled rate: the KL bound ε in nats for arTuRO, a learning rate for the others
   * @throws IllegalArgumentException if the rate is not in its {@link Require}
   */
  void prepare(long step, double rate);

  /**
   * The array of numbers that is sent to the device before each step. A task that stands between the gradients and the
   * optimizer's own may multiply the one at {@link #GRADIENT_SCALE}.
   */
  FloatArray control();

  /**
   * Sets the factor that the next steps apply to the gradients as they read them; 1 at first, and then every bit is as
   * without it.
   *
   * @throws IllegalArgumentException if it is not positive and finite
   */
  default void gradientScale(double scale) {
    Require.positive("the gradient's scale", scale);
    control().set(GRADIENT_SCALE, (float) scale);
  }

  /**
   * Whether the next steps compute what {@link #report} tells, which costs time; on at first. Without it, the values
   * but for η and the skipped steps are those of the last step that did.
   */
  default void reporting(boolean on) {}

  /** Downloads what the last step did; {@link StepReport#NONE} of an optimizer without a trust region. */
  default StepReport report(TornadoExecutionResult lastStep) {
    return StepReport.NONE;
  }

  /** The same for each group of parameters that is trained on its own, by the groups' names; of one without, for {@link #ALL}. */
  default SequencedMap<String, StepReport> reports(TornadoExecutionResult lastStep) {
    SequencedMap<String, StepReport> reports = new LinkedHashMap<>();
    reports.put(ALL, report(lastStep));
    return reports;
  }

  /**
   * What a state tells of each weight, by groups likewise; nothing of an optimizer without curvatures.
   *
   * @param saved by {@link #save}
   */
  default SequencedMap<String, WeightStatistics> statistics(Map<String, float[]> saved) {
    return new LinkedHashMap<>();
  }

  /** Downloads the precision (1/variance) of each parameter, n values; empty if the optimizer has none. */
  default float[] precision(TornadoExecutionResult lastStep) {
    return new float[0];
  }

  /** Downloads all that the next steps depend on besides the parameters, by names of the optimizer's own. */
  Map<String, float[]> save(TornadoExecutionResult lastStep);

  /**
   * Checks what is to be restored; may be called at any time.
   *
   * @param parameters how many there are
   * @throws IllegalArgumentException if no {@link #save} of such an optimizer has given that; one line
   */
  void check(int parameters, Map<String, float[]> state);

  /**
   * Sets the state to what {@link #save} gave: the next steps are to the bit what they would have been.
   *
   * @throws IllegalArgumentException if it is not a state of this optimizer with as many parameters
   */
  void restore(Map<String, float[]> state);

  /**
   * Bytes that a step has to read and write for a parameter, if nothing of it stays in a cache between two passes; after
   * {@link #addTo}.
   */
  int bytesPerParameter();
}
