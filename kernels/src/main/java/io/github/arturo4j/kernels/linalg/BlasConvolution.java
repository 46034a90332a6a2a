// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.blas.Blas;
import io.github.arturo4j.jvm.HeapArrays;
import io.github.arturo4j.jvm.Workers;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Convolutions on the JVM device: the columns of a few images at a time, in a scratch that stays in the second-level
 * cache, times the weights. Which worker does which images is fixed, and so is the order of every sum.
 */
final class BlasConvolution {
  private static final int COLUMNS_OF_A_CHUNK = 512;
  private static final int FLOATS_OF_A_CHUNK = 128 * 1024;

  private BlasConvolution() {}

  /** Images whose columns are computed together. */
  private static int chunk(ConvolutionShape s) {
    int pixels = new Im2Col(s).pixels();
    int fitting = Math.min(COLUMNS_OF_A_CHUNK / pixels, FLOATS_OF_A_CHUNK / (s.patch() * pixels));
    return Math.clamp(fitting, 1, s.batch());
  }

  /** Floats that {@code scratch} must have for all workers. */
  static int scratchSize(ConvolutionShape s) {
    return Workers.count() * workerScratch(s);
  }

  private static int workerScratch(ConvolutionShape s) {
    int columns = chunk(s) * new Im2Col(s).pixels();
    return (s.patch() + s.outChannels()) * columns + s.weightSize() + s.outChannels();
  }

  private interface Chunk {
    void run(int first, int images, int scratch);
  }

  private static void chunks(ConvolutionShape s, Chunk body) {
    int chunk = chunk(s);
    int size = workerScratch(s);
    Workers.parallel(
        Math.ceilDiv(s.batch(), chunk),
        t ->
            body.run(
                t * chunk, Math.min(chunk, s.batch() - t * chunk), t % Workers.count() * size));
  }

  private static ConvolutionShape shape(
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int kernel, int stride, int padding) {
    return new ConvolutionShape(batch, inChannels, inHeight, inWidth, outChannels, kernel, stride, padding);
  }

  /** Task: y = x ∗ W + bias, without it where its offset is negative, then ReLU if {@code relu} is 1. */
  static void forward(
      FloatArray x, FloatArray parameters, FloatArray y, FloatArray scratch, int weight, int bias, int relu,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int kernel, int stride, int padding) {
    ConvolutionShape s = shape(batch, inChannels, inHeight, inWidth, outChannels, kernel, stride, padding);
    float[] in = HeapArrays.of(x);
    float[] w = HeapArrays.of(parameters);
    float[] out = HeapArrays.of(y);
    float[] work = HeapArrays.of(scratch);
    Im2Col columns = new Im2Col(s);
    int pixels = columns.pixels();
    float floor = relu == 1 ? 0f : Float.NEGATIVE_INFINITY;
    chunks(
        s,
        (first, images, at) -> {
          int n = images * pixels;
          int product = at + s.patch() * n;
          columns.gather(in, first, images, work, at);
          Blas.sgemm(
              false, false, outChannels, n, s.patch(), 1f, w, weight, s.patch(), work, at, n, 0f, work, product, n);
          for (int o = 0; o < outChannels; o++) {
            biasRelu(work, product + o * n, bias < 0 ? 0f : w[bias + o], floor, n);
          }
          columns.scatterOutput(work, product, out, first, images);
        });
  }

  static void biasRelu(float[] values, int at, float bias, float floor, int length) {
    for (int p = 0; p < length; p++) {
      values[at + p] = Math.max(values[at + p] + bias, floor);
    }
  }

  /** Task: dx from dy. */
  static void backwardInput(
      FloatArray dy, FloatArray parameters, FloatArray dx, FloatArray scratch, int weight,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int kernel, int stride, int padding) {
    ConvolutionShape s = shape(batch, inChannels, inHeight, inWidth, outChannels, kernel, stride, padding);
    float[] out = HeapArrays.of(dy);
    float[] w = HeapArrays.of(parameters);
    float[] in = HeapArrays.of(dx);
    float[] work = HeapArrays.of(scratch);
    Im2Col columns = new Im2Col(s);
    int pixels = columns.pixels();
    chunks(
        s,
        (first, images, at) -> {
          int n = images * pixels;
          int gradient = at + s.patch() * n;
          columns.gatherOutput(out, first, images, work, gradient);
          Blas.sgemm(
              true, false, s.patch(), n, outChannels, 1f, w, weight, s.patch(), work, gradient, n, 0f, work, at, n);
          columns.scatter(work, at, in, first, images);
        });
  }

  /** Task: dW from x and dy, and dbias where its offset is not negative. */
  static void backwardParameters(
      FloatArray x, FloatArray dy, FloatArray gradients, FloatArray scratch, int weight, int bias,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int kernel, int stride, int padding) {
    ConvolutionShape s = shape(batch, inChannels, inHeight, inWidth, outChannels, kernel, stride, padding);
    float[] in = HeapArrays.of(x);
    float[] out = HeapArrays.of(dy);
    float[] work = HeapArrays.of(scratch);
    Im2Col columns = new Im2Col(s);
    int pixels = columns.pixels();
    int sums = workerScratch(s) - s.weightSize() - outChannels;
    int own = s.weightSize() + outChannels;
    for (int worker = 0; worker < Workers.count(); worker++) {
      int at = worker * workerScratch(s) + sums;
      Arrays.fill(work, at, at + own, 0f);
    }
    chunks(
        s,
        (first, images, at) -> {
          int n = images * pixels;
          int gradient = at + s.patch() * n;
          columns.gather(in, first, images, work, at);
          columns.gatherOutput(out, first, images, work, gradient);
          Blas.sgemm(
              false, true, outChannels, s.patch(), n, 1f, work, gradient, n, work, at, n, 1f, work, at + sums,
              s.patch());
          for (int o = 0; bias >= 0 && o < outChannels; o++) {
            work[at + sums + s.weightSize() + o] += sum(work, gradient + o * n, n);
          }
        });
    float[] to = HeapArrays.of(gradients);
    reduce(work, sums, workerScratch(s), to, weight, s.weightSize());
    if (bias >= 0) {
      reduce(work, sums + s.weightSize(), workerScratch(s), to, bias, outChannels);
    }
  }

  static float sum(float[] values, int from, int length) {
    float sum0 = 0f;
    float sum1 = 0f;
    float sum2 = 0f;
    float sum3 = 0f;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      sum0 += values[from + i];
      sum1 += values[from + i + 1];
      sum2 += values[from + i + 2];
      sum3 += values[from + i + 3];
    }
    for (; i < length; i++) {
      sum0 += values[from + i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /** Adds up what the workers have, in their order. */
  private static void reduce(float[] work, int at, int distance, float[] to, int toAt, int length) {
    System.arraycopy(work, at, to, toAt, length);
    for (int worker = 1; worker < Workers.count(); worker++) {
      int from = at + worker * distance;
      for (int i = 0; i < length; i++) {
        to[toAt + i] += work[from + i];
      }
    }
  }
}
