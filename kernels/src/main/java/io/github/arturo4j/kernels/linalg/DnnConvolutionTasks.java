// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.blas.DnnConvolution;
import io.github.arturo4j.blas.DnnConvolution.Direction;
import io.github.arturo4j.blas.DnnConvolution.Tensor;
import io.github.arturo4j.jvm.HeapArrays;
import io.github.arturo4j.jvm.Workers;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Convolutions on the JVM device by oneDNN, which each worker calls for pieces of the batch or of the channels. */
final class DnnConvolutionTasks {
  private static final int SLICE = 4096;

  private DnnConvolutionTasks() {}

  private static ConvolutionShape shape(
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int kernel, int stride, int padding) {
    return new ConvolutionShape(batch, inChannels, inHeight, inWidth, outChannels, kernel, stride, padding);
  }

  private static DnnConvolution prepared(
      Direction direction, ConvolutionShape s, int images, int inChannels, int outChannels, boolean bias) {
    return DnnConvolution.of(
        new DnnConvolution.Shape(
            direction, images, inChannels, s.inHeight(), s.inWidth(), outChannels, s.kernel(), s.stride(),
            s.padding(), bias));
  }

  /** Task: y = x ∗ W + bias, without it where its offset is negative, then ReLU if {@code relu} is 1. */
  static void forward(
      FloatArray x, FloatArray parameters, FloatArray y, int weight, int bias, int relu,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int kernel, int stride, int padding) {
    ConvolutionShape s = shape(batch, inChannels, inHeight, inWidth, outChannels, kernel, stride, padding);
    float[] in = HeapArrays.of(x);
    float[] w = HeapArrays.of(parameters);
    float[] out = HeapArrays.of(y);
    int inSize = s.inputSize() / batch;
    int outSize = s.outputSize() / batch;
    int pixels = s.outHeight() * s.outWidth();
    float floor = relu == 1 ? 0f : Float.NEGATIVE_INFINITY;
    DnnConvolution[] loaded = new DnnConvolution[Workers.count()];
    Split.of(s, outChannels, s.inputSize())
        .run(
            (worker, channel, channels, image, images) -> {
              DnnConvolution convolution = prepared(Direction.FORWARD, s, images, inChannels, channels, false);
              if (loaded[worker] != convolution) {
                convolution.load(Tensor.WEIGHTS, w, weight + channel * s.patch(), s.patch());
                loaded[worker] = convolution;
              }
              convolution.load(Tensor.INPUT, in, image * inSize, inSize);
              convolution.compute();
              convolution.store(Tensor.OUTPUT, out, image * outSize + channel * pixels, outSize);
              for (int i = image; (bias >= 0 || relu == 1) && i < image + images; i++) {
                for (int o = channel; o < channel + channels; o++) {
                  int at = i * outSize + o * pixels;
                  BlasConvolution.biasRelu(out, at, bias < 0 ? 0f : w[bias + o], floor, pixels);
                }
              }
            });
  }

  /** Task: dx from dy. */
  static void backwardInput(
      FloatArray dy, FloatArray parameters, FloatArray dx, int weight,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int kernel, int stride, int padding) {
    ConvolutionShape s = shape(batch, inChannels, inHeight, inWidth, outChannels, kernel, stride, padding);
    float[] out = HeapArrays.of(dy);
    float[] w = HeapArrays.of(parameters);
    float[] in = HeapArrays.of(dx);
    int inSize = s.inputSize() / batch;
    int outSize = s.outputSize() / batch;
    DnnConvolution[] loaded = new DnnConvolution[Workers.count()];
    Split.of(s, inChannels, s.outputSize())
        .run(
            (worker, channel, channels, image, images) -> {
              DnnConvolution convolution = prepared(Direction.BACKWARD_INPUT, s, images, channels, outChannels, false);
              if (loaded[worker] != convolution) {
                convolution.load(Tensor.WEIGHTS, w, weight + channel * kernel * kernel, s.patch());
                loaded[worker] = convolution;
              }
              convolution.load(Tensor.OUTPUT, out, image * outSize, outSize);
              convolution.compute();
              convolution.store(Tensor.INPUT, in, image * inSize + channel * inHeight * inWidth, inSize);
            });
  }

  private static Split weightSplit(ConvolutionShape s) {
    return Split.of(s, s.outChannels(), s.inputSize());
  }

  /** Floats that {@code scratch} must have for {@link #backwardParameters}: for each worker its sums, and a term. */
  static int scratchSize(ConvolutionShape s) {
    return weightSplit(s).byChannels() ? 1 : Workers.count() * 2 * (s.weightSize() + s.outChannels());
  }

  /** Task: dW from x and dy, and dbias where its offset is not negative. */
  static void backwardParameters(
      FloatArray x, FloatArray dy, FloatArray gradients, FloatArray scratch, int weight, int bias,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int kernel, int stride, int padding) {
    ConvolutionShape s = shape(batch, inChannels, inHeight, inWidth, outChannels, kernel, stride, padding);
    float[] in = HeapArrays.of(x);
    float[] out = HeapArrays.of(dy);
    float[] to = HeapArrays.of(gradients);
    float[] work = HeapArrays.of(scratch);
    int inSize = s.inputSize() / batch;
    int outSize = s.outputSize() / batch;
    int pixels = s.outHeight() * s.outWidth();
    int own = s.weightSize() + outChannels;
    Split split = weightSplit(s);
    boolean[] begun = new boolean[Workers.count()];
    split.run(
        (worker, channel, channels, image, images) -> {
          DnnConvolution convolution = prepared(Direction.BACKWARD_WEIGHTS, s, images, inChannels, channels, bias >= 0);
          convolution.load(Tensor.INPUT, in, image * inSize, inSize);
          convolution.load(Tensor.OUTPUT, out, image * outSize + channel * pixels, outSize);
          convolution.compute();
          if (split.byChannels()) {
            convolution.store(Tensor.WEIGHTS, to, weight + channel * s.patch(), s.patch());
            if (bias >= 0) {
              convolution.store(Tensor.BIAS, to, bias + channel, channels);
            }
            return;
          }
          int sums = worker * 2 * own;
          int at = begun[worker] ? sums + own : sums;
          convolution.store(Tensor.WEIGHTS, work, at, s.patch());
          if (bias >= 0) {
            convolution.store(Tensor.BIAS, work, at + s.weightSize(), channels);
          }
          if (begun[worker]) {
            add(work, at, work, sums, bias >= 0 ? own : s.weightSize());
          }
          begun[worker] = true;
        });
    if (!split.byChannels()) {
      reduce(work, 0, 2 * own, begun, to, weight, s.weightSize());
      if (bias >= 0) {
        reduce(work, s.weightSize(), 2 * own, begun, to, bias, outChannels);
      }
    }
  }

  /** Adds up what the workers have, in their order. */
  private static void reduce(float[] work, int at, int distance, boolean[] begun, float[] to, int toAt, int length) {
    Workers.parallel(
        Math.ceilDiv(length, SLICE),
        slice -> {
          int from = slice * SLICE;
          int count = Math.min(SLICE, length - from);
          System.arraycopy(work, at + from, to, toAt + from, count);
          for (int worker = 1; worker < begun.length && begun[worker]; worker++) {
            add(work, at + worker * distance + from, to, toAt + from, count);
          }
        });
  }

  private static void add(float[] values, int from, float[] sums, int to, int length) {
    for (int i = 0; i < length; i++) {
      sums[to + i] += values[from + i];
    }
  }
}
