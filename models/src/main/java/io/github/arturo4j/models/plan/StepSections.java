// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.nn.GradientSum;
import io.github.arturo4j.kernels.optimizer.GradientClipping;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;
import io.github.arturo4j.kernels.optimizer.Parameters;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.NetworkArrays;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The sections of a training step: what the optimizer begins with, the gradients of a batch, or of a micro-batch after the
 * other, and the optimizer's update.
 */
final class StepSections {
  /** What an optimizer does before there are gradients; for most, nothing. */
  static final String BEFORE = "before";

  /** Forward, loss and backward, of a batch or a micro-batch. */
  static final String GRADIENTS = "gradients";

  /** From the gradients to new parameters; the first section of that where several devices divide them. */
  private static final String UPDATE = "update";

  /** What takes the parameters that other devices have trained to this one. */
  static final String SPREAD = "spread";

  private final FloatArray own;
  private final FloatArray gradients;
  private final List<KernelGraph> sections = new ArrayList<>();
  private final List<OptimizerStep.Stage> update;
  private final List<GraphTask> tasks;

  /**
   * Adds them.
   *
   * @param accumulates whether a batch may be several micro-batches
   * @param shared whether a batch's gradient, and the running statistics, come from several devices, through the host
   * @param share of the parameters that this device's optimizer trains; null if it trains all
   * @param clipping of the batch's gradient
   */
  StepSections(
      KernelProgram program, Network network, Optimizer optimizer, ExampleBatch examples, NetworkArrays arrays,
      boolean accumulates, boolean shared, ParameterShare share, GradientClipping clipping) {
    own = accumulates ? new FloatArray(arrays.gradients().getSize()) : arrays.gradients();
    gradients = shared && share == null ? new FloatArray(own.getSize()) : own;
    Parameters parameters = new Parameters(arrays.parameters(), gradients, network.slices());
    KernelGraph before = program.section(BEFORE).phase(Phase.OPTIMIZER);
    optimizer.addBefore(before, parameters);
    KernelGraph step = program.section(GRADIENTS).apartFrom(before);
    step.once(arrays.parameters(), arrays.gradients()).result(arrays.gradients());
    if (arrays.buffers() != null) {
      (shared ? step.everyTime(arrays.buffers()) : step.once(arrays.buffers())).result(arrays.buffers());
    }
    NetworkTasks.addTraining(step, network, examples, arrays);
    if (accumulates) {
      GradientSum.addTo(step, arrays.gradients(), own, arrays.control());
      step.result(own);
    }
    KernelGraph first = program.section(UPDATE).apartFrom(before).apartFrom(step).phase(Phase.OPTIMIZER);
    OptimizerStep optimized;
    if (share == null) {
      if (shared) {
        first.everyTime(gradients);
      }
      first.result(arrays.parameters(), gradients);
      optimized = OptimizerStep.of(first, parameters);
    } else {
      optimized = share.step(first, parameters);
    }
    clipping.addTo(optimized, optimizer.control());
    optimizer.addTo(optimized);
    update = optimized.stages();
    sections.add(before);
    sections.add(step);
    sections.addAll(optimized.sections());
    if (share != null) {
      optimized.graph().result(share.parameters().values(), share.parameters().gradients());
      KernelGraph spread = program.section(SPREAD).phase(Phase.OPTIMIZER);
      share.addTo(spread);
      sections.add(spread);
    }
    tasks = sections.stream().flatMap(section -> section.tasks().stream()).toList();
  }

  /** The sections from the gradients to new parameters, in this order. */
  List<OptimizerStep.Stage> update() {
    return update;
  }

  /** What this device's part of the batch contributes to {@link #gradients}: the same array where there is no other device. */
  FloatArray own() {
    return own;
  }

  /** The gradient of the batch's mean loss; that of this device's part of it where the parameters are shared. */
  FloatArray gradients() {
    return gradients;
  }

  /**
   * What a step consists of.
   *
   * @param plan that executes it
   * @param parts micro-batches of a full batch
   */
  StepCount count(GraphPlan plan, int parts) {
    int launches = 0;
    int graphs = 0;
    for (KernelGraph section : sections) {
      int times = section.name().equals(GRADIENTS) ? parts : 1;
      launches += times * section.taskCount();
      graphs += times * plan.graphs(section.name());
    }
    return new StepCount(launches, graphs);
  }

  /** The tasks in their order. */
  List<GraphTask> tasks() {
    return tasks;
  }
}
