// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The gradient of a convolution's input from those of its patches (col2im, PyTorch's {@code fold}). As one product over the pixels of the
 * input, most of whose factors are zeros where strides leave pixels out or there is no padding, it has as many times the multiplications
 * as the input has the pixels of the output; of patches it has none too many, and the sum of the patches moves what it reads once.
 */
final class FoldKernels {
  private FoldKernels() {}

  /** Adds the task of {@link #fold}. */
  static void addFold(KernelGraph g, String name, FloatArray patches, FloatArray dx, ConvolutionShape s) {
    String task = g.task(name);
    ConvolutionShape p = s.patches();
    g.cost(task, new Cost(p.inputSize(), (long) p.inputSize() * Float.BYTES, (long) s.inputSize() * Float.BYTES));
    g.add(
        graph ->
            graph.task(
                task, FoldKernels::fold, patches, dx, s.inputSize(), s.inHeight(), s.inWidth(), s.outHeight(), s.outWidth(),
                s.kernel(), s.stride(), s.padding()));
  }

  /**
   * dx[image,channel,h,w] = Σ patches[image, channel, tap, h', w'] over the taps of the kernel, in their order, that the pixel has in the
   * patch of an output pixel (h', w').
   */
  static void fold(
      FloatArray patches, FloatArray dx, int size, int inHeight, int inWidth, int outHeight, int outWidth, int side,
      int stride, int padding) {
    for (@Parallel int i = 0; i < size; i++) {
      int line = i / inWidth;
      int w = i - line * inWidth + padding;
      int plane = line / inHeight;
      int h = line - plane * inHeight + padding;
      float sum = 0f;
      for (int tap = 0; tap < side * side; tap++) {
        int down = h - tap / side;
        int across = w - (tap - tap / side * side);
        int outH = down / stride;
        int outW = across / stride;
        if (down >= 0 && across >= 0 && outH * stride == down && outW * stride == across && outH < outHeight && outW < outWidth) {
          sum += patches.get(((plane * side * side + tap) * outHeight + outH) * outWidth + outW);
        }
      }
      dx.set(i, sum);
    }
  }
}
