// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.kernels.KernelGraph;
import java.util.Random;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Runs tasks once on the first device, for tests. */
public final class Device {
  private Device() {}

  /** Uploads the arrays, runs the tasks, and downloads the arrays. */
  public static void run(Consumer<KernelGraph> tasks, Object... arrays) {
    KernelGraph graph = new KernelGraph("test", Devices.find(null).device());
    graph.once(arrays).result(arrays);
    tasks.accept(graph);
    try (TornadoExecutionPlan plan = KernelGraph.plan(graph)) {
      plan.withGraph(0).execute().transferToHost(arrays);
    } catch (TornadoExecutionPlanException e) {
      throw new AssertionError(e);
    }
  }

  /** Values that no task must leave behind. */
  public static FloatArray garbage(int size) {
    FloatArray array = new FloatArray(size);
    array.init(Float.NaN);
    return array;
  }

  /** Standard normal values. */
  public static FloatArray normal(int size, long seed) {
    Random random = new Random(seed);
    FloatArray array = new FloatArray(size);
    for (int i = 0; i < size; i++) {
      array.set(i, (float) random.nextGaussian());
    }
    return array;
  }
}
