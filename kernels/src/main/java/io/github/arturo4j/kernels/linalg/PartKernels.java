// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.graph.GroupGrid;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.Launch;
import java.util.function.Supplier;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Sums of the parts that a {@link TiledProduct} is cut into, always in the same order. A few are summed by a thread for each result, one
 * after the other; of many, each of a group's threads sums every sixteenth, and the group its threads' sums: a chain of loads that is a
 * sixteenth as long.
 */
final class PartKernels {
  /** Parts that a thread sums alone, at most. */
  static final int FEW = 8;

  /** Threads that share a result's parts, and results of a group. */
  private static final int SIDE = 16;

  /** Threads of a group that a GPU's driver is taken to choose. */
  private static final int GROUP = 256;

  /** Parts whose loads are under way together: compilers unroll a loop by about as many. */
  private static final int TOGETHER = 4;

  /** Instructions of a thread for a part: a place, a load, an addition. */
  private static final int INSTRUCTIONS = 4;

  private static final int REGISTERS = 32;

  private PartKernels() {}

  /** How the kernels are launched for {@code size} sums of {@code count} parts. */
  static Launch launch(int size, int count) {
    if (count > FEW) {
      int each = Math.ceilDiv(count, SIDE);
      return new Launch(
          Math.ceilDiv(size, SIDE), GROUP, 0, 0, TOGETHER, Math.ceilDiv(each, TOGETHER), false, 0, TOGETHER * INSTRUCTIONS, REGISTERS,
          GROUP * Float.BYTES);
    }
    return new Launch(
        Math.ceilDiv(size, GROUP), GROUP, 0, 0, TOGETHER, Math.ceilDiv(count, TOGETHER), false, 0, TOGETHER * INSTRUCTIONS, REGISTERS,
        0);
  }

  /** Adds the task of {@link #sum} or {@link #sumMany}. */
  static void addSum(
      KernelGraph g, String name, FloatArray parts, FloatArray to, int first, int distance, int offset, int size, int count) {
    addSum(g, name, () -> parts, () -> to, first, distance, offset, size, count);
  }

  /** The same of arrays that are asked for when the plan is made. */
  static void addSum(
      KernelGraph g, String name, Supplier<FloatArray> parts, Supplier<FloatArray> to, int first, int distance, int offset, int size,
      int count) {
    String task = g.task(name);
    g.cost(task, LayerCosts.sumParts(size, count));
    g.launch(task, launch(size, count));
    if (count > FEW) {
      KernelContext context = new KernelContext();
      g.add(graph -> graph.task(task, PartKernels::sumMany, context, parts.get(), to.get(), first, distance, offset, size, count));
      g.grid(task, grid(size));
    } else {
      g.add(graph -> graph.task(task, PartKernels::sum, parts.get(), to.get(), first, distance, offset, size, count));
    }
  }

  /** Adds the task of {@link #sumBiased} or {@link #sumManyBiased}. */
  static void addBiasedSum(
      KernelGraph g, String name, FloatArray parts, FloatArray parameters, int bias, FloatArray y, int size, int each, int of,
      float least, int count) {
    String task = g.task(name);
    g.cost(task, LayerCosts.sumParts(size, count));
    g.launch(task, launch(size, count));
    if (count > FEW) {
      KernelContext context = new KernelContext();
      g.add(
          graph -> graph.task(task, PartKernels::sumManyBiased, context, parts, parameters, bias, y, size, each, of, least, count));
      g.grid(task, grid(size));
    } else {
      g.add(graph -> graph.task(task, PartKernels::sumBiased, parts, parameters, bias, y, size, each, of, least, count));
    }
  }

  private static WorkerGrid grid(int size) {
    return GroupGrid.of(Math.ceilDiv(size, SIDE), GROUP);
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

  /** {@link #sum} of many parts. */
  static void sumMany(
      KernelContext context, FloatArray parts, FloatArray to, int first, int distance, int offset, int size, int count) {
    float[] local = context.allocateFloatLocalArray(GROUP);
    int thread = context.localIdx;
    int lane = thread / SIDE;
    int i = context.groupIdx * SIDE + thread - lane * SIDE;
    float sum = 0f;
    if (i < size) {
      for (int part = lane; part < count; part += SIDE) {
        sum += parts.get(part * distance + first + i);
      }
    }
    local[thread] = sum;
    for (int stride = GROUP / 2; stride >= SIDE; stride >>= 1) {
      context.localBarrier();
      if (thread < stride) {
        local[thread] = local[thread] + local[thread + stride];
      }
    }
    if (lane == 0 && i < size) {
      to.set(offset + i, local[thread]);
    }
  }

  /** {@link #sumBiased} of many parts. */
  static void sumManyBiased(
      KernelContext context, FloatArray parts, FloatArray parameters, int bias, FloatArray y, int size, int each, int of, float least,
      int count) {
    float[] local = context.allocateFloatLocalArray(GROUP);
    int thread = context.localIdx;
    int lane = thread / SIDE;
    int i = context.groupIdx * SIDE + thread - lane * SIDE;
    float sum = 0f;
    if (i < size) {
      for (int part = lane; part < count; part += SIDE) {
        sum += parts.get(part * size + i);
      }
    }
    local[thread] = sum;
    for (int stride = GROUP / 2; stride >= SIDE; stride >>= 1) {
      context.localBarrier();
      if (thread < stride) {
        local[thread] = local[thread] + local[thread + stride];
      }
    }
    if (lane == 0 && i < size) {
      float value = local[thread];
      if (bias >= 0) {
        int block = i / each;
        value += parameters.get(bias + block - block / of * of);
      }
      y.set(i, NanMath.atLeast(value, least));
    }
  }
}
