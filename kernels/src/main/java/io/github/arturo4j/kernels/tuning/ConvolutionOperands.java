// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.tuning;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.ConvolutionProduct;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;

/** Those of a convolution: x and W, dy and W, or x and dy. */
record ConvolutionOperands(ConvolutionProduct p, ConvolutionShape s) implements Operands {
  ConvolutionOperands(ConvolutionProduct p) {
    this(p, p.shape());
  }


  @Override
  public int left() {
    return switch (p.pass()) {
      case forward, parameters -> s.inputSize();
      case input -> s.outputSize();
    };
  }

  @Override
  public int right() {
    return switch (p.pass()) {
      case forward, input -> s.weightSize();
      case parameters -> s.outputSize();
    };
  }

  @Override
  public int result() {
    return switch (p.pass()) {
      case forward -> s.outputSize();
      case input -> s.inputSize();
      case parameters -> s.weightSize() + (p.biased() ? s.outChannels() : 0);
    };
  }

  @Override
  public long value(float[] left, float[] right, int index) {
    return switch (p.pass()) {
      case forward -> output(left, right, index);
      case input -> inputGradient(left, right, index);
      case parameters -> index < s.weightSize() ? weightGradient(left, right, index) : biasGradient(right, index - s.weightSize());
    };
  }

  private long output(float[] x, float[] weights, int index) {
    int w = index % s.outWidth();
    int h = index / s.outWidth() % s.outHeight();
    int o = index / (s.outWidth() * s.outHeight()) % s.outChannels();
    int image = index / (s.outWidth() * s.outHeight() * s.outChannels());
    double sum = 0;
    for (int c = 0; c < s.inChannels(); c++) {
      for (int k = 0; k < s.kernel() * s.kernel(); k++) {
        sum += pixel(x, image, c, h * s.stride() - s.padding() + k / s.kernel(), w * s.stride() - s.padding() + k % s.kernel())
            * weight(weights, o, c, k);
      }
    }
    return (long) sum;
  }

  private long inputGradient(float[] dy, float[] weights, int index) {
    int w = index % s.inWidth() + s.padding();
    int h = index / s.inWidth() % s.inHeight() + s.padding();
    int c = index / (s.inWidth() * s.inHeight()) % s.inChannels();
    int image = index / (s.inWidth() * s.inHeight() * s.inChannels());
    double sum = 0;
    for (int o = 0; o < s.outChannels(); o++) {
      for (int k = 0; k < s.kernel() * s.kernel(); k++) {
        int row = h - k / s.kernel();
        int column = w - k % s.kernel();
        if (row >= 0 && column >= 0 && row % s.stride() == 0 && column % s.stride() == 0) {
          sum += gradient(dy, image, o, row / s.stride(), column / s.stride()) * weight(weights, o, c, k);
        }
      }
    }
    return (long) sum;
  }

  private long weightGradient(float[] x, float[] dy, int index) {
    int k = index % (s.kernel() * s.kernel());
    int c = index / (s.kernel() * s.kernel()) % s.inChannels();
    int o = index / s.patch();
    double sum = 0;
    for (int image = 0; image < s.batch(); image++) {
      for (int h = 0; h < s.outHeight(); h++) {
        for (int w = 0; w < s.outWidth(); w++) {
          sum += gradient(dy, image, o, h, w)
              * pixel(x, image, c, h * s.stride() - s.padding() + k / s.kernel(), w * s.stride() - s.padding() + k % s.kernel());
        }
      }
    }
    return (long) sum;
  }

  private long biasGradient(float[] dy, int o) {
    double sum = 0;
    for (int image = 0; image < s.batch(); image++) {
      for (int h = 0; h < s.outHeight(); h++) {
        for (int w = 0; w < s.outWidth(); w++) {
          sum += gradient(dy, image, o, h, w);
        }
      }
    }
    return (long) sum;
  }

  private float pixel(float[] x, int image, int channel, int h, int w) {
    boolean inside = h >= 0 && h < s.inHeight() && w >= 0 && w < s.inWidth();
    return inside ? x[((image * s.inChannels() + channel) * s.inHeight() + h) * s.inWidth() + w] : 0f;
  }

  private float gradient(float[] dy, int image, int channel, int h, int w) {
    boolean inside = h < s.outHeight() && w < s.outWidth();
    return inside ? dy[((image * s.outChannels() + channel) * s.outHeight() + h) * s.outWidth() + w] : 0f;
  }

  private float weight(float[] weights, int out, int in, int k) {
    return weights[out * s.patch() + in * s.kernel() * s.kernel() + k];
  }

  @Override
  public void addTo(KernelGraph graph, LinearAlgebra algebra, ProductArrays a) {
    p.addTo(graph, ProductArrays.TASK, algebra, a.left, a.right, a.result);
  }
}
