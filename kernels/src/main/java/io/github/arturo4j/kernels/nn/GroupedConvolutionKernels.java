// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Convolutions of square kernels whose channels are in groups that do not see each other (depthwise: a channel each), or
 * whose kernels are dilated (Yu, Koltun, ICLR 2016), as plain loops: such kernels are small. All others are products of
 * matrices, see {@link io.github.arturo4j.kernels.linalg.LinearAlgebra}.
 *
 * <p>x is [batch, inChannels, height, width], y [batch, outChannels, outHeight, outWidth], weights are [outChannels,
 * inChannels / groups, side, side]. Output channel o is of group o / (outChannels / groups); place (i, j) of its kernel
 * meets the pixel (oh · stride + i · dilation − padding, ow · stride + j · dilation − padding). What meets no pixel is left
 * out by the bounds of loops: TornadoVM 5.2 does not compile a condition of several parts of which one is always true.
 */
public final class GroupedConvolutionKernels {
  private GroupedConvolutionKernels() {}

  /**
   * y = W · patches + bias, not below {@code limit}, without bias where its offset is negative; a thread a value of y.
   *
   * @param planes batch · outChannels
   * @param limit not named min, for in OpenCL that hides the function of that name
   */
  public static void forward(
      FloatArray x, FloatArray parameters, FloatArray y, int weight, int bias, int planes, int inChannels, int height,
      int width, int outChannels, int outHeight, int outWidth, int side, int stride, int padding, int dilation,
      int groups, float limit) {
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int oh = 0; oh < (outHeight & LoopGrid.ANY); oh++) {
        for (@Parallel int ow = 0; ow < (outWidth & LoopGrid.ANY); ow++) {
          int image = p / outChannels;
          int o = p - image * outChannels;
          int each = inChannels / groups;
          int first = image * inChannels + o / (outChannels / groups) * each;
          int down = oh * stride - padding;
          int across = ow * stride - padding;
          int top = TornadoMath.max(0, (dilation - 1 - down) / dilation);
          int bottom = TornadoMath.min(side, (height - 1 - down + dilation) / dilation);
          int left = TornadoMath.max(0, (dilation - 1 - across) / dilation);
          int right = TornadoMath.min(side, (width - 1 - across + dilation) / dilation);
          float sum = 0f;
          if (bias >= 0) {
            sum = parameters.get(bias + o);
          }
          for (int c = 0; c < each; c++) {
            for (int i = top; i < bottom; i++) {
              int row = ((first + c) * height + down + i * dilation) * width + across;
              for (int j = left; j < right; j++) {
                sum += x.get(row + j * dilation) * parameters.get(weight + ((o * each + c) * side + i) * side + j);
              }
            }
          }
          y.set((p * outHeight + oh) * outWidth + ow, NanMath.atLeast(sum, limit));
        }
      }
    }
  }

  /**
   * The gradient with respect to x; a thread a value of it.
   *
   * @param planes batch · inChannels
   */
  public static void backwardInput(
      FloatArray dy, FloatArray parameters, FloatArray dx, int weight, int planes, int inChannels, int height, int width,
      int outChannels, int outHeight, int outWidth, int side, int stride, int padding, int dilation, int groups) {
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int h = 0; h < (height & LoopGrid.ANY); h++) {
        for (@Parallel int w = 0; w < (width & LoopGrid.ANY); w++) {
          int image = p / inChannels;
          int each = inChannels / groups;
          int outEach = outChannels / groups;
          int group = (p - image * inChannels) / each;
          int c = p - image * inChannels - group * each;
          int top = TornadoMath.max(0, (h + padding - outHeight * stride + dilation) / dilation);
          int bottom = TornadoMath.min(side, (h + padding) / dilation + 1);
          int left = TornadoMath.max(0, (w + padding - outWidth * stride + dilation) / dilation);
          int right = TornadoMath.min(side, (w + padding) / dilation + 1);
          float sum = 0f;
          for (int o = group * outEach; o < (group + 1) * outEach; o++) {
            for (int i = top; i < bottom; i++) {
              int down = h + padding - i * dilation;
              int oh = down / stride;
              for (int j = left; j < right; j++) {
                int across = w + padding - j * dilation;
                int ow = across / stride;
                if (oh * stride == down && ow * stride == across) {
                  sum +=
                      dy.get(((image * outChannels + o) * outHeight + oh) * outWidth + ow)
                          * parameters.get(weight + ((o * each + c) * side + i) * side + j);
                }
              }
            }
          }
          dx.set((p * height + h) * width + w, sum);
        }
      }
    }
  }

  /** The gradient with respect to the weights; a thread a weight. */
  public static void backwardWeights(
      FloatArray x, FloatArray dy, FloatArray gradients, int weight, int batch, int inChannels, int height, int width,
      int outChannels, int outHeight, int outWidth, int side, int stride, int padding, int dilation, int groups) {
    for (@Parallel int k = 0; k < outChannels * (inChannels / groups) * side * side; k++) {
      int each = inChannels / groups;
      int row = k / side;
      int channel = row / side;
      int o = channel / each;
      int c = o / (outChannels / groups) * each + channel - o * each;
      int down = (row - channel * side) * dilation - padding;
      int across = (k - row * side) * dilation - padding;
      int top = TornadoMath.max(0, (stride - 1 - down) / stride);
      int bottom = TornadoMath.min(outHeight, (height - 1 - down + stride) / stride);
      int left = TornadoMath.max(0, (stride - 1 - across) / stride);
      int right = TornadoMath.min(outWidth, (width - 1 - across + stride) / stride);
      float sum = 0f;
      for (int image = 0; image < batch; image++) {
        for (int oh = top; oh < bottom; oh++) {
          int line = ((image * inChannels + c) * height + oh * stride + down) * width + across;
          for (int ow = left; ow < right; ow++) {
            sum +=
                x.get(line + ow * stride) * dy.get(((image * outChannels + o) * outHeight + oh) * outWidth + ow);
          }
        }
      }
      gradients.set(weight + k, sum);
    }
  }

  /** The gradient with respect to the biases, the sum of each channel; a thread a channel. */
  public static void backwardBias(
      FloatArray dy, FloatArray gradients, int bias, int batch, int outChannels, int pixels) {
    for (@Parallel int o = 0; o < (outChannels & LoopGrid.ANY); o++) {
      float sum = 0f;
      for (int image = 0; image < batch; image++) {
        for (int i = 0; i < pixels; i++) {
          sum += dy.get((image * outChannels + o) * pixels + i);
        }
      }
      gradients.set(bias + o, sum);
    }
  }
}
