// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The tasks of a colour jitter, see {@link ColorJitterKernels}. The factors of brightness, contrast and saturation are between
 * 1 − the value given, or 0, and 1 + the value; what is added to the hue, as a share of its circle, between − the value and
 * the value.
 *
 * @param channels 3, or 1 for grey, which has no saturation and no hue
 */
public record ColorJitterTasks(
    int batch, int channels, int height, int width, double brightness, double contrast, double saturation, double hue) {
  /** Operations of a value for its grey: two limits, and its brightness and share. */
  private static final int FLOPS_OF_GREY = 5;

  /** Operations of a grey value: brightness and contrast with their limits, and what normalises. */
  private static final int FLOPS_OF_GREY_VALUE = 9;

  /** Operations of a value in colours: saturation and hue, too. */
  private static final int FLOPS_OF_COLOR_VALUE = 30;

  /** Checks the channels. */
  public ColorJitterTasks {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("colours are of 3 channels, or grey of 1, not of " + channels);
    }
  }

  /**
   * Adds the tasks.
   *
   * @param control a {@link BatchControl}
   * @param moments mean of each channel, then standard deviation of each
   * @param x the batch, [batch, channels, height, width], between 0 and 1, which is changed and normalised
   */
  public void addTo(KernelGraph graph, IntArray control, FloatArray moments, FloatArray x) {
    FloatArray factors = new FloatArray(Math.multiplyExact(batch, ColorJitterKernels.FACTORS));
    FloatArray means = new FloatArray(batch);
    addFactors(graph, control, factors);
    addMeans(graph, x, factors, means);
    String task = graph.task("colorJitter");
    int pixels = height * width;
    graph.cost(task, Cost.elements(x.getSize(), channels == 1 ? FLOPS_OF_GREY_VALUE : FLOPS_OF_COLOR_VALUE, 1, 1));
    graph.loops(task, batch, pixels);
    if (channels == 1) {
      graph.add(g -> g.task(task, ColorJitterKernels::greys, control, factors, means, moments, x, batch, pixels));
    } else {
      graph.add(g -> g.task(task, ColorJitterKernels::colors, control, factors, means, moments, x, batch, pixels));
    }
  }

  /** Adds {@link ColorJitterKernels#factors}. */
  void addFactors(KernelGraph graph, IntArray control, FloatArray factors) {
    FloatArray range = new FloatArray(2 * ColorJitterKernels.FACTORS);
    double[] aroundOne = {brightness, contrast, saturation};
    for (int i = 0; i < aroundOne.length; i++) {
      double least = Math.max(0, 1 - aroundOne[i]);
      range.set(2 * i, (float) least);
      range.set(2 * i + 1, (float) (1 + aroundOne[i] - least));
    }
    range.set(6, (float) -hue);
    range.set(7, (float) (2 * hue));
    String task = graph.task("jitterFactors");
    graph.once(range);
    graph.cost(task, Cost.elements(factors.getSize(), 3, 0, 1));
    graph.add(g -> g.task(task, ColorJitterKernels::factors, control, range, factors, batch));
  }

  private void addMeans(KernelGraph graph, FloatArray x, FloatArray factors, FloatArray means) {
    FloatArray sums = new FloatArray(Math.multiplyExact(batch, width));
    String columns = graph.task("greySums");
    graph.cost(columns, Cost.elements(x.getSize(), FLOPS_OF_GREY, 1, 0).plus(Cost.elements(sums.getSize(), 0, 0, 1)));
    graph.loops(columns, batch, width);
    if (channels == 1) {
      graph.add(g -> g.task(columns, ColorJitterKernels::greySums, x, factors, sums, batch, height, width));
    } else {
      graph.add(g -> g.task(columns, ColorJitterKernels::colorSums, x, factors, sums, batch, height, width));
    }
    String task = graph.task("greyMeans");
    graph.cost(task, Cost.elements(sums.getSize(), 1, 1, 0).plus(Cost.elements(batch, 1, 0, 1)));
    graph.add(g -> g.task(task, ColorJitterKernels::means, sums, means, batch, height, width));
  }
}
