// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.Launch;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Sums of the parts that a {@link TiledProduct} is cut into, always in their order. */
final class PartKernels {
  /** Threads of a group that a GPU's driver is taken to choose. */
  private static final int GROUP = 256;

  /** Parts whose loads are under way together: compilers unroll a loop by about as many. */
  private static final int TOGETHER = 4;

  /** Instructions of a thread for a part: a place, a load, an addition. */
  private static final int INSTRUCTIONS = 4;

  private static final int REGISTERS = 32;

  private PartKernels() {}

  /** How the kernels are launched: a thread for each of {@code size} sums of {@code count} parts, one after the other. */
  static Launch launch(int size, int count) {
    return new Launch(
        Math.ceilDiv(size, GROUP), GROUP, 0, 0, TOGETHER, Math.ceilDiv(count, TOGETHER), false, 0, TOGETHER * INSTRUCTIONS, REGISTERS,
        0);
  }

  /** Adds the task of {@link #sum}. */
  static void addSum(
      KernelGraph g, String name, FloatArray parts, FloatArray to, int first, int distance, int offset, int size, int count) {
    String task = g.task(name);
    g.cost(task, LayerCosts.sumParts(size, count));
    g.launch(task, launch(size, count));
    g.add(graph -> graph.task(task, PartKernels::sum, parts, to, first, distance, offset, size, count));
  }

  /**
   * to[offset + i] = Σ_part parts[part · distance + first + i]. Weights and biases have a task each: with a branch between the two
   * places, TornadoVM 5.2 no longer uploads what lies between them.
   */
  static void sum(FloatArray parts, FloatArray to, int first, int distance, int offset, int size, int count) {
    for (@Parallel int i = 0; i < size; i++) {
      float sum = 0f;
      for (int part = 0; part < count; part++) {
        sum += parts.get(part * distance + first + i);
      }
      to.set(offset + i, sum);
    }
  }

  /**
   * y[i] = Σ_part parts[part · size + i] + bias[i / each % of], without bias where its offset is negative; not below {@code least}.
   *
   * @param each values in a row that have the same bias
   * @param of biases
   */
  static void sumBiased(
      FloatArray parts, FloatArray parameters, int bias, FloatArray y, int size, int each, int of, float least, int count) {
    for (@Parallel int i = 0; i < size; i++) {
      float sum = 0f;
      for (int part = 0; part < count; part++) {
        sum += parts.get(part * size + i);
      }
      if (bias >= 0) {
        int block = i / each;
        sum += parameters.get(bias + block - block / of * of);
      }
      y.set(i, NanMath.atLeast(sum, least));
    }
  }
}
