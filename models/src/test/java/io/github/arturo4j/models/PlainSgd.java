// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.KernelGraph;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.StepReport;
import java.util.Map;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** parameters −= rate · gradients: the simplest optimizer, for tests. */
public final class PlainSgd implements Optimizer {
  private final FloatArray rate = new FloatArray(1);

  /** The kernel. */
  public static void update(FloatArray parameters, FloatArray gradients, FloatArray rate) {
    for (@Parallel int i = 0; i < parameters.getSize(); i++) {
      parameters.set(i, parameters.get(i) - rate.get(0) * gradients.get(i));
    }
  }

  @Override
  public String name() {
    return "plain-sgd";
  }

  @Override
  public void addTo(KernelGraph graph, FloatArray parameters, FloatArray gradients) {
    graph.everyTime(rate);
    graph.add(g -> g.task("update", PlainSgd::update, parameters, gradients, rate));
  }

  @Override
  public void prepare(double value) {
    rate.set(0, (float) value);
  }

  @Override
  public StepReport report(TornadoExecutionResult lastStep) {
    return new StepReport(Double.NaN, Double.NaN, Double.NaN, 0);
  }

  @Override
  public float[] precision(TornadoExecutionResult lastStep) {
    return new float[0];
  }

  @Override
  public Map<String, float[]> save(TornadoExecutionResult lastStep) {
    return Map.of();
  }

  @Override
  public void restore(long steps, Map<String, float[]> state) {}

  @Override
  public long stateBytes() {
    return 4;
  }
}
