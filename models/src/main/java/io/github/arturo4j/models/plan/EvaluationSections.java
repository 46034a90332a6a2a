// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.NetworkArrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Two sections that evaluate a network on resident images: what depends on the weights alone, once an evaluation, and what
 * is done with each batch.
 */
final class EvaluationSections {
  /** The section that an evaluation begins with. */
  static final String ONCE = "once";

  /** The section of a batch. */
  static final String EVALUATE = "evaluate";

  private final ResidentImages images;
  private final BatchControl control = new BatchControl(0);
  private final ImageBatch batch;
  private final KernelGraph once;

  /** Adds them; the owner of the parameters and the running statistics (null if there are none) makes them reachable. */
  EvaluationSections(
      KernelProgram program, Network network, ResidentImages images, Preprocessing preprocessing, int batchSize,
      FloatArray parameters, FloatArray buffers) {
    this.images = images;
    batch = new ImageBatch(images, preprocessing.ofEvaluation(), batchSize);
    once = program.section(ONCE);
    NetworkArrays arrays = new NetworkArrays(parameters, null, buffers, control);
    NetworkTasks.addEvaluation(once, program.section(EVALUATE), network, batch, arrays);
  }

  /** The section that an evaluation begins with. */
  KernelGraph once() {
    return once;
  }

  /** Executes the sections for a first time, so that those behind them may be. */
  void warmUp(GraphPlan plan) {
    plan.execute(ONCE);
    evaluate(plan, new int[] {0}, 0, 1, true);
  }

  /**
   * Loss and accuracy over a set of images, or nothing if it was stopped.
   *
   * @param stop asked before each batch
   */
  Optional<Evaluation> evaluate(GraphPlan plan, ImageSet set, BooleanSupplier stop) {
    int first = images.first(set);
    int[] order = new int[set.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = first + i;
    }
    TornadoExecutionResult result = null;
    for (int start = 0; start < order.length; start += batch.size()) {
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      if (start == 0) {
        plan.execute(ONCE);
      }
      result = evaluate(plan, order, start, Math.min(batch.size(), order.length - start), start == 0);
    }
    result.transferToHost(batch.sums());
    int n = set.count();
    return Optional.of(new Evaluation(batch.lossSum() / n, (double) batch.hitSum() / n, n));
  }

  private TornadoExecutionResult evaluate(GraphPlan plan, int[] order, int start, int count, boolean reset) {
    batch.choose(order, start, count);
    control.set(count, reset, 0, 0);
    TornadoExecutionResult result = plan.execute(EVALUATE);
    batch.checkWritten(result);
    return result;
  }
}
