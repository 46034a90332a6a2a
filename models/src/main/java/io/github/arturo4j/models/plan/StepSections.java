// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.nn.GradientSum;
import io.github.arturo4j.kernels.nn.SumKernels;
import io.github.arturo4j.kernels.optimizer.GradientClipping;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;
import io.github.arturo4j.kernels.optimizer.Parameters;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.NetworkArrays;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The sections of a training step: what the optimizer begins with, the gradients of a batch, or of a micro-batch after the
 * other, and the optimizer's update.
 */
final class StepSections {
  /** What an optimizer does before there are gradients; for most, nothing. */
  static final String BEFORE = "before";

  /** Forward, loss and backward, of a batch or a micro-batch; the first section of that where there are several buckets. */
  static final String GRADIENTS = "gradients";

  /** From the gradients to new parameters; the first section of that where several devices divide them. */
  private static final String UPDATE = "update";

  /** What takes the parameters that other devices have trained to this one. */
  static final String SPREAD = "spread";

  private final FloatArray gradients;
  private final SequencedMap<Bucket, FloatArray> buckets = new LinkedHashMap<>();
  private final List<KernelGraph> gradientSections = new ArrayList<>();
  private final List<KernelGraph> sections = new ArrayList<>();
  private final List<OptimizerStep.Stage> update;
  private final List<GraphTask> tasks;

  /**
   * Adds them.
   *
   * @param accumulates whether a batch may be several micro-batches, and then there is one bucket at most
   * @param sent buckets in which a batch's gradient goes to other devices, through the host, and comes from them with the running
   *     statistics; none if there is no other device
   * @param share of the parameters that this device's optimizer trains; null if it trains all
   * @param clipping of the batch's gradient
   */
  StepSections(
      KernelProgram program, Network network, Optimizer optimizer, ExampleBatch examples, NetworkArrays arrays,
      boolean accumulates, List<Bucket> sent, ParameterShare share, GradientClipping clipping) {
    boolean shared = !sent.isEmpty();
    FloatArray own = accumulates ? new FloatArray(arrays.gradients().getSize()) : arrays.gradients();
    gradients = shared && share == null ? new FloatArray(own.getSize()) : own;
    Parameters parameters = new Parameters(arrays.parameters(), gradients, network.slices());
    KernelGraph before = program.section(BEFORE).phase(Phase.OPTIMIZER);
    optimizer.addBefore(before, parameters);
    KernelGraph step = program.section(GRADIENTS).apartFrom(before);
    gradientSections.add(step);
    for (int i = 1; i < sent.size(); i++) {
      gradientSections.add(program.section(GRADIENTS + (char) ('A' + i)).apartFrom(before));
    }
    step.once(arrays.parameters(), arrays.gradients());
    gradientSections.getLast().result(arrays.gradients());
    if (arrays.buffers() != null) {
      (shared ? step.everyTime(arrays.buffers()) : step.once(arrays.buffers())).result(arrays.buffers());
    }
    NetworkTasks.addTraining(step, network, examples, arrays, stage -> sectionOf(stage, sent));
    if (accumulates) {
      GradientSum.addTo(step, arrays.gradients(), own, arrays.control());
      step.result(own);
    }
    for (int i = 0; i < sent.size(); i++) {
      buckets.put(sent.get(i), sent.size() == 1 ? own : part(gradientSections.get(i), "collect" + (i + 1), own, sent.get(i)));
    }
    sections.add(before);
    sections.addAll(gradientSections);
    KernelGraph first = program.section(UPDATE).phase(Phase.OPTIMIZER);
    sections.forEach(first::apartFrom);
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
    sections.addAll(optimized.sections());
    if (share != null) {
      optimized.graph().result(share.parameters().values(), share.parameters().gradients());
      KernelGraph spread = program.section(SPREAD).phase(Phase.OPTIMIZER);
      share.addTo(spread);
      sections.add(spread);
    }
    tasks = sections.stream().flatMap(section -> section.tasks().stream()).toList();
  }

  /** Where the way back of a stage is. */
  private KernelGraph sectionOf(int stage, List<Bucket> sent) {
    int bucket = 0;
    while (bucket + 1 < sent.size() && stage < sent.get(bucket).stage()) {
      bucket++;
    }
    KernelGraph section = gradientSections.get(bucket);
    gradientSections.subList(0, bucket).forEach(section::apartFrom);
    return section;
  }

  /** An array of a bucket's gradients alone, for the host. */
  private static FloatArray part(KernelGraph section, String name, FloatArray gradients, Bucket bucket) {
    FloatArray part = new FloatArray(bucket.size());
    String task = section.task(name);
    section.cost(task, Cost.elements(bucket.size(), 0, 1, 1));
    section.add(g -> g.task(task, SumKernels::slice, gradients, part, bucket.from()));
    section.result(part);
    return part;
  }

  /** The sections that compute the gradient, in this order: one, or one for each bucket. */
  List<String> gradientSections() {
    return gradientSections.stream().map(KernelGraph::name).toList();
  }

  /** Each bucket of this device's part of the gradient, with the array that the host may download behind its section. */
  SequencedMap<Bucket, FloatArray> buckets() {
    return buckets;
  }

  /** The sections from the gradients to new parameters, in this order. */
  List<OptimizerStep.Stage> update() {
    return update;
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
      int times = gradientSections.contains(section) ? parts : 1;
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
