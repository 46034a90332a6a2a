// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The tasks of a random resized crop, see {@link ResizedCropKernels}.
 *
 * @param scale least and greatest share of the image's area
 * @param ratio least and greatest width / height
 * @param flip whether half of the crops are flipped left to right
 */
public record ResizedCropTasks(
    int batch, int channels, int height, int width, List<Double> scale, List<Double> ratio, boolean flip) {
  /** Operations of a try: two uniform numbers, the area, an exponential, and two sides. */
  private static final int FLOPS_OF_TRY = 16;

  /** Operations of a value: two places, three means of two, and what normalises. */
  private static final int FLOPS_OF_VALUE = 20;

  /** Adds the tasks; arguments as of {@link ResizedCropKernels#crop}. */
  public void addTo(
      KernelGraph graph, ByteArray pixels, IntArray indices, IntArray control, FloatArray moments, FloatArray x) {
    IntArray boxes = new IntArray(Math.multiplyExact(batch, ResizedCropKernels.BOX));
    addBoxes(graph, control, boxes);
    String task = graph.task("resizedCrop");
    int flips = flip ? 1 : 0;
    long n = x.getSize();
    graph.cost(task, new Cost(FLOPS_OF_VALUE * n, n, n * Float.BYTES));
    graph.loops(task, batch * channels * height, width);
    graph.add(
        g ->
            g.task(
                task, ResizedCropKernels::crop, pixels, indices, control, boxes, moments, x, batch, channels, height, width,
                flips));
  }

  /** Adds {@link ResizedCropKernels#boxes}. */
  void addBoxes(KernelGraph graph, IntArray control, IntArray boxes) {
    double leastLog = Math.log(ratio.getFirst());
    FloatArray range =
        FloatArray.fromElements(
            scale.getFirst().floatValue(), (float) (scale.getLast() - scale.getFirst()), (float) leastLog,
            (float) (Math.log(ratio.getLast()) - leastLog));
    int centralHeight = (int) Math.clamp(Math.rint(width / ratio.getFirst()), 1, height);
    int centralWidth = (int) Math.clamp(Math.rint(height * ratio.getLast()), 1, width);
    String task = graph.task("cropBoxes");
    graph.once(range);
    graph.cost(task, Cost.elements((long) batch * ResizedCropKernels.TRIES, FLOPS_OF_TRY, 0, 0).plus(
        Cost.elements(batch, 0, 0, ResizedCropKernels.BOX)));
    graph.add(
        g ->
            g.task(
                task, ResizedCropKernels::boxes, control, range, boxes, batch, height, width, centralHeight, centralWidth));
  }
}
