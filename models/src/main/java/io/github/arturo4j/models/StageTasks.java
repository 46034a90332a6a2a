// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The tasks of one stage. */
abstract class StageTasks {
  private final String name;
  private final Activation output;

  /** Tasks named after the stage, whose output has that many values. */
  StageTasks(String name, int outputSize) {
    this.name = name;
    output = Activation.of(new FloatArray(outputSize));
  }

  /**
   * The tasks of a stage.
   *
   * @param batch images of a batch
   * @param input what it takes
   * @param shortcut what it adds; null for nothing
   */
  static StageTasks of(Stage stage, LinearAlgebra algebra, int batch, Activation input, Activation shortcut) {
    return switch (stage) {
      case Stage.Product product -> new ProductTasks(product, algebra, batch, input);
      case Stage.Norm norm -> new NormTasks(norm, batch, input, shortcut);
      case Stage.Sum sum -> new SumTasks(sum, batch, input, shortcut);
      case Stage.Pool pool -> new PoolTasks(pool, batch, input);
      case Stage.Average average -> new AverageTasks(average, batch, input);
    };
  }

  final String name() {
    return name;
  }

  final Activation output() {
    return output;
  }

  /** Adds the tasks of the way forward, without a dropout. */
  abstract void addForward(KernelGraph graph, NetworkArrays arrays, boolean training);

  /** Adds the tasks of the way back, behind those of all stages that take the output. */
  abstract void addBackward(KernelGraph graph, NetworkArrays arrays);
}
