// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.nn.SumKernels;
import io.github.arturo4j.kernels.random.CounterRandom;
import io.github.arturo4j.kernels.random.GaussianDraw;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.NetworkArrays;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The sections before a prediction's, in which weights are drawn where forward reads them: means and deviations are sent
 * once, and a draw sends two words. With features for it, running statistics follow from the drawn weights.
 */
final class WeightSections {
  private static final String DRAW = "draw";
  private static final String STATISTICS = "statistics";

  private final FloatArray parameters;
  private final FloatArray buffers;
  private final FloatArray scale = FloatArray.fromElements(0f);
  private final IntArray key = new IntArray(2);
  private final Features statistics;
  private final FeatureArrays features;
  private final BatchControl control;
  private final int batchSize;

  /** Adds them; the arrays are then written by the first of them alone. */
  WeightSections(
      KernelProgram program, Network network, Weights weights, Randomness randomness, Preprocessing preprocessing, int batchSize) {
    parameters = new FloatArray(network.parameterCount());
    buffers = NetworkArrays.buffers(network.initialBuffers());
    FloatArray mean = new FloatArray(network.parameterCount());
    FloatArray itsBuffers = NetworkArrays.buffers(network.initialBuffers());
    weights.copyTo(mean, itsBuffers);
    if (randomness.deviation().length != mean.getSize()) {
      throw new IllegalArgumentException(
          "the network has " + mean.getSize() + " parameters, and there are " + randomness.deviation().length + " deviations");
    }
    FloatArray deviation = FloatArray.fromArray(randomness.deviation());
    KernelGraph draw = program.section(DRAW).once(mean, deviation).everyTime(scale, key);
    String task = draw.task("drawWeights");
    draw.cost(task, Cost.elements(mean.getSize(), 20, 2, 1));
    draw.add(g -> g.task(task, GaussianDraw::draw, scale, key, mean, deviation, parameters));
    if (buffers != null) {
      draw.once(itsBuffers);
      String copy = draw.task("copyStatistics");
      draw.cost(copy, Cost.elements(buffers.getSize(), 0, 1, 1));
      draw.add(g -> g.task(copy, SumKernels::copy, itsBuffers, buffers));
    }
    statistics = buffers == null ? null : randomness.statistics();
    this.batchSize = statistics == null ? 0 : Math.min(batchSize, statistics.count());
    features = statistics == null ? null : FeatureArrays.of(statistics.type(), network.input(), this.batchSize);
    control = NetworkTasks.control(network);
    if (statistics != null) {
      addStatistics(program.section(STATISTICS), network, preprocessing);
    }
  }

  private void addStatistics(KernelGraph graph, Network network, Preprocessing preprocessing) {
    IntArray rows = BatchInput.rows(batchSize);
    graph.once(rows).everyTime(features.array(), control.array());
    FloatArray batch = new BatchInput(features, preprocessing, batchSize).addTo(graph, rows, control.array());
    NetworkTasks.addStatistics(graph, network, batch, batchSize, new NetworkArrays(parameters, null, buffers, control));
  }

  /** The drawn weights. */
  FloatArray parameters() {
    return parameters;
  }

  /** Their running statistics; null if the network has none. */
  FloatArray buffers() {
    return buffers;
  }

  /**
   * Draws them.
   *
   * @param scale of the deviations
   */
  void draw(GraphPlan plan, long seed, long sample, double scale) {
    this.scale.set(0, (float) scale);
    CounterRandom.setKey(key, 0, seed, sample, 0);
    plan.execute(DRAW);
    for (int first = 0; statistics != null && first < statistics.count(); first += batchSize) {
      int count = Math.min(batchSize, statistics.count() - first);
      features.copy(statistics, first, count, 0);
      control.set(count, true, seed, first);
      plan.execute(STATISTICS);
    }
  }
}
