// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid3D;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels of two and three parallel loops compute everything, and the same, with fewer and with more threads than steps. */
class AnyGridTest {
  private static final int BATCH = 11;
  private static final int CHANNELS = 2;
  private static final int HEIGHT = 7;
  private static final int WIDTH = 6;
  private static final int PLANES = BATCH * CHANNELS;
  private static final int SIZE = CHANNELS * HEIGHT * WIDTH;
  private static final int WINDOWS = PLANES * (HEIGHT / 2) * (WIDTH / 2);

  private static final WorkerGrid FEW = grid(4, 2, 3, 2, 1, 3);

  /** More threads than a kernel of two loops has steps here: an example's numbers by the rows of all planes. */
  private static final WorkerGrid MANY_OF_TWO_LOOPS = grid(96, 160, 2, 16, 4, 2);

  /** More threads than a kernel of three loops has steps here: twice a plane's columns and rows, all planes. */
  private static final WorkerGrid MANY_OF_THREE_LOOPS = grid(16, 16, 24, 4, 4, 4);

  private final FloatArray x = Device.normal(BATCH * SIZE, 1);
  private final FloatArray dy = Device.normal(BATCH * SIZE, 2);
  private final FloatArray coefficients = Device.normal(BatchNormKernels.coefficients(CHANNELS, HEIGHT * WIDTH), 3);
  private final IntArray control = control();

  private interface Kernel {
    void add(TaskGraphInterface graph, String task, FloatArray out);
  }

  private static IntArray control() {
    BatchControl step = new BatchControl(1);
    step.set(BATCH - 1, true, 42, 7);
    return step.array();
  }

  private static WorkerGrid grid(int x, int y, int z, int localX, int localY, int localZ) {
    WorkerGrid grid = new WorkerGrid3D(x, y, z);
    grid.setLocalWork(localX, localY, localZ);
    return grid;
  }

  private static void sameOnAnyGrid(int size, Kernel kernel, Object... inputs) {
    same(size, List.of(FEW, MANY_OF_TWO_LOOPS, MANY_OF_THREE_LOOPS), kernel, inputs);
  }

  /** Of a kernel of two loops that reads what it has written: threads of a third dimension would race for it. */
  private static void sameOnAnyFlatGrid(int size, Kernel kernel, Object... inputs) {
    same(size, List.of(grid(4, 2, 1, 2, 1, 1), grid(96, 160, 1, 16, 4, 1)), kernel, inputs);
  }

  private static void same(int size, List<WorkerGrid> chosen, Kernel kernel, Object... inputs) {
    List<WorkerGrid> grids = new ArrayList<>(chosen);
    grids.addFirst(null);
    List<FloatArray> outs = grids.stream().map(g -> Device.garbage(size)).toList();
    Object[] arrays = new Object[inputs.length + outs.size()];
    System.arraycopy(inputs, 0, arrays, 0, inputs.length);
    IntStream.range(0, outs.size()).forEach(i -> arrays[inputs.length + i] = outs.get(i));
    Device.run(
        g -> {
          for (int i = 0; i < outs.size(); i++) {
            String task = g.task("task");
            FloatArray out = outs.get(i);
            if (grids.get(i) != null) {
              g.grid(task, grids.get(i));
            }
            g.add(t -> kernel.add(t, task, out));
          }
        },
        arrays);
    float[] expected = outs.getFirst().toHeapArray();
    for (float value : expected) {
      assertThat(value).isFinite();
    }
    for (FloatArray out : outs.subList(1, outs.size())) {
      assertThat(out.toHeapArray()).isEqualTo(expected);
    }
  }

  @Test
  void batches() {
    byte[] bytes = new byte[3 * SIZE];
    new Random(5).nextBytes(bytes);
    ByteArray pixels = ByteArray.fromArray(bytes);
    int[] chosen = new int[BATCH];
    Arrays.setAll(chosen, i -> i % 3);
    IntArray indices = IntArray.fromArray(chosen);
    FloatArray moments = FloatArray.fromElements(.1f, .2f, .3f, .4f);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) -> g.task(task, BatchGather::gather, pixels, indices, control, out, BATCH, SIZE),
        pixels, indices, control);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) ->
            g.task(task, BatchGather::augment, pixels, indices, control, moments, out, BATCH, CHANNELS, HEIGHT,
                WIDTH, 2, 1, 1),
        pixels, indices, control, moments);
    IntArray boxes = new IntArray(4 * BATCH);
    for (int b = 0; b < BATCH; b++) {
      int[] box = {b % 3, b % 4, 1 + b % 5, 1 + b % 3};
      for (int i = 0; i < box.length; i++) {
        boxes.set(4 * b + i, box[i]);
      }
    }
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) ->
            g.task(task, ResizedCropKernels::crop, pixels, indices, control, boxes, moments, out, BATCH, CHANNELS, HEIGHT,
                WIDTH, 1),
        pixels, indices, control, boxes, moments);
    FloatArray features = Device.normal(3 * SIZE, 9);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) -> g.task(task, BatchGather::gatherFloats, features, indices, control, out, BATCH, SIZE),
        features, indices, control);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) ->
            g.task(task, BatchGather::normalizeFloats, features, indices, control, moments, out, BATCH, CHANNELS,
                HEIGHT * WIDTH),
        features, indices, control, moments);
  }

  @Test
  void colours() {
    FloatArray factors = Device.normal(4 * BATCH, 6);
    int colored = PLANES / 3;
    sameOnAnyGrid(
        colored * WIDTH,
        (g, task, out) -> g.task(task, ColorJitterKernels::colorSums, x, factors, out, colored, HEIGHT, WIDTH),
        x, factors);
    sameOnAnyGrid(
        BATCH * WIDTH,
        (g, task, out) -> g.task(task, ColorJitterKernels::greySums, x, factors, out, BATCH, HEIGHT, WIDTH),
        x, factors);
  }

  @Test
  void batchNormalisation() {
    int groups = BatchNormKernels.groups(BATCH);
    FloatArray slopes = Device.normal(2 * SIZE, 4);
    sameOnAnyGrid(
        2 * groups * SIZE,
        (g, task, out) -> g.task(task, BatchNormKernels::moments, x, control, out, BATCH, SIZE),
        x, control);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) -> g.task(task, BatchNormKernels::affine, x, coefficients, out, BATCH, SIZE, 0f),
        x, coefficients);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) -> g.task(task, BatchNormKernels::affineAdd, x, dy, coefficients, out, BATCH, SIZE, 0f),
        x, dy, coefficients);
    sameOnAnyGrid(
        2 * groups * SIZE,
        (g, task, out) ->
            g.task(task, BatchNormGradientKernels::sums, dy, x, coefficients, control, out, BATCH, SIZE, 0f),
        dy, x, coefficients, control);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) ->
            g.task(task, BatchNormGradientKernels::backward, dy, x, coefficients, slopes, control, out, BATCH, SIZE, 0f),
        dy, x, coefficients, slopes, control);
  }

  @Test
  void pooling() {
    IntArray where = new IntArray(PLANES * 4 * 3);
    where.init(-1);
    FloatArray y = Device.normal(WINDOWS, 6);
    sameOnAnyGrid(
        WINDOWS, (g, task, out) -> g.task(task, HalvingPoolKernels::forward, x, out, PLANES, HEIGHT, WIDTH), x);
    sameOnAnyGrid(
        WINDOWS,
        (g, task, out) ->
            g.task(task, HalvingPoolKernels::forwardWithDropout, x, out, control, PLANES, HEIGHT, WIDTH, BatchControl.key(0),
                DropoutKernels.threshold(.3), DropoutKernels.scale(.3)),
        x, control);
    sameOnAnyGrid(
        PLANES * 4 * 3,
        (g, task, out) ->
            g.task(task, PoolingKernels::maximum, x, out, where, PLANES, HEIGHT, WIDTH, 4, 3, 3, 2, 1),
        x, where);
    IntArray maxima = new IntArray(PLANES * 4 * 3); // of each window its first pixel
    for (int i = 0; i < maxima.getSize(); i++) {
      maxima.set(i, Math.max(0, i % 12 / 3 * 2 - 1) * WIDTH + Math.max(0, i % 3 * 2 - 1));
    }
    FloatArray ofMaxima = Device.normal(PLANES * 4 * 3, 7);
    sameOnAnyGrid(
        PLANES * HEIGHT * WIDTH,
        (g, task, out) ->
            g.task(task, PoolingKernels::maximumBackwardByPixel, ofMaxima, maxima, out, PLANES, HEIGHT, WIDTH, 4, 3, 3, 2, 1),
        ofMaxima, maxima);
    sameOnAnyGrid(
        PLANES * HEIGHT * WIDTH,
        (g, task, out) -> g.task(task, PoolingKernels::averageBackward, y, out, PLANES, HEIGHT * WIDTH),
        y);
    FloatArray pixels = Device.normal(PLANES * (HEIGHT - 1) * WIDTH, 8); // a height that its windows cover
    FloatArray pooled = Device.normal(WINDOWS, 9);
    sameOnAnyGrid(
        pixels.getSize(),
        (g, task, out) ->
            g.task(task, HalvingPoolKernels::backward, pixels, pooled, y, out, PLANES, HEIGHT - 1, WIDTH, 1f),
        pixels, pooled, y);
  }

  @Test
  void resampling() {
    FloatArray windows = Device.normal(PLANES * 4 * 3, 4);
    FloatArray large = Device.normal(4 * BATCH * SIZE, 5);
    sameOnAnyGrid(
        windows.getSize(),
        (g, task, out) ->
            g.task(task, AveragePoolingKernels::average, x, out, PLANES, HEIGHT, WIDTH, 4, 3, 3, 2, 1),
        x);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) ->
            g.task(task, AveragePoolingKernels::averageBackward, windows, out, PLANES, HEIGHT, WIDTH, 4, 3, 3, 2, 1),
        windows);
    sameOnAnyGrid(
        windows.getSize(),
        (g, task, out) -> g.task(task, AveragePoolingKernels::adaptive, x, out, PLANES, HEIGHT, WIDTH, 4, 3),
        x);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) -> g.task(task, AveragePoolingKernels::adaptiveBackward, windows, out, PLANES, HEIGHT, WIDTH, 4, 3),
        windows);
    sameOnAnyGrid(
        large.getSize(), (g, task, out) -> g.task(task, UpsampleKernels::nearest, x, out, PLANES, HEIGHT, WIDTH, 2), x);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) -> g.task(task, UpsampleKernels::nearestBackward, large, out, PLANES, HEIGHT, WIDTH, 2),
        large);
  }

  @Test
  void positions() {
    FloatArray table = Device.normal(2 * SIZE, 4);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) -> g.task(task, PositionKernels::forward, x, table, out, 5, BATCH, SIZE),
        x, table);
    sameOnAnyGrid(
        (HEIGHT + 3) * WIDTH,
        (g, task, out) -> g.task(task, PositionKernels::backward, dy, out, 0, HEIGHT + 3, PLANES, HEIGHT, WIDTH),
        dy);
  }

  @Test
  void residualPaths() {
    FloatArray parameters = Device.normal(CHANNELS, 4);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) -> g.task(task, LayerScaleKernels::forward, x, parameters, out, 0, BATCH, CHANNELS, HEIGHT * WIDTH),
        x, parameters);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) ->
            g.task(task, StochasticDepthKernels::forward, x, out, control, BatchControl.key(0),
                DropoutKernels.threshold(.3), DropoutKernels.scale(.3), BATCH, SIZE),
        x, control);
    sameOnAnyGrid(
        BATCH * SIZE, (g, task, out) -> g.task(task, TransposeKernels::chunks, x, out, BATCH, HEIGHT, WIDTH * CHANNELS), x);
  }

  @Test
  void softmaxRowsAndGroupedConvolutions() {
    FloatArray statistics = Device.normal(2 * BATCH, 4);
    FloatArray parameters = Device.normal(2 * SIZE, 5);
    sameOnAnyFlatGrid(
        BATCH * SIZE,
        (g, task, out) -> g.task(task, SoftmaxKernels::forward, x, out, BATCH, CHANNELS, HEIGHT * WIDTH),
        x);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) ->
            g.task(task, RowNormKernels::forward, x, statistics, parameters, out, 0, SIZE, BATCH, SIZE, 1, 1),
        x, statistics, parameters);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) ->
            g.task(task, GroupedConvolutionKernels::forward, x, parameters, out, 0, 20, PLANES, CHANNELS, HEIGHT, WIDTH,
                CHANNELS, HEIGHT, WIDTH, 3, 1, 2, 2, 2, 0f),
        x, parameters);
    sameOnAnyGrid(
        BATCH * SIZE,
        (g, task, out) ->
            g.task(task, GroupedConvolutionKernels::backwardInput, dy, parameters, out, 0, PLANES, CHANNELS, HEIGHT, WIDTH,
                CHANNELS, HEIGHT, WIDTH, 3, 1, 2, 2, 2),
        dy, parameters);
  }
}
