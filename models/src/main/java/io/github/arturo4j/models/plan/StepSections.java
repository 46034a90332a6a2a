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
import io.github.arturo4j.kernels.optimizer.Parameters;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.NetworkArrays;
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

  /** From the gradients to new parameters. */
  static final String UPDATE = "update";

  private final FloatArray own;
  private final FloatArray gradients;
  private final List<KernelGraph> sections;
  private final List<GraphTask> tasks;

  /**
   * Adds them.
   *
   * @param accumulates whether a batch may be several micro-batches
   * @param shared whether a batch's gradient, and the running statistics, come from several devices, through the host
   * @param clipping of the batch's gradient
   */
  StepSections(
      KernelProgram program, Network network, Optimizer optimizer, ExampleBatch examples, NetworkArrays arrays,
      boolean accumulates, boolean shared, GradientClipping clipping) {
    own = accumulates ? new FloatArray(arrays.gradients().getSize()) : arrays.gradients();
    gradients = shared ? new FloatArray(own.getSize()) : own;
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
    KernelGraph update = program.section(UPDATE).apartFrom(before).apartFrom(step).phase(Phase.OPTIMIZER);
    if (shared) {
      update.everyTime(gradients);
    }
    update.result(arrays.parameters(), gradients);
    clipping.addTo(update, gradients, optimizer.control());
    optimizer.addTo(update, parameters);
    sections = List.of(before, step, update);
    tasks = sections.stream().flatMap(section -> section.tasks().stream()).toList();
  }

  /** What this device's part of the batch contributes to {@link #gradients}: the same array where there is no other device. */
  FloatArray own() {
    return own;
  }

  /** The gradient of the batch's mean loss. */
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
