// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.nn.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Tiled kernels against plain sums in double, at offsets of the flat buffers. */
class TiledLinearAlgebraTest {
  private static final int WEIGHT = 3;

  private final LinearAlgebra algebra = new TiledLinearAlgebra();

  @ParameterizedTest
  @CsvSource({"1,1,1", "4,13,7", "17,33,16", "13,20,37"})
  void linear(int batch, int in, int out) {
    int bias = WEIGHT + in * out + 2;
    FloatArray x = Device.normal(batch * in, 1);
    FloatArray dy = Device.normal(batch * out, 2);
    FloatArray p = Device.normal(bias + out, 3);
    FloatArray y = Device.garbage(batch * out);
    FloatArray rectified = Device.garbage(batch * out);
    FloatArray dx = Device.garbage(batch * in);
    FloatArray gradients = Device.garbage(bias + out);
    Device.run(
        g -> {
          algebra.linearForward(g, "forward", x, p, WEIGHT, bias, y, batch, in, out, false);
          algebra.linearForward(g, "relu", x, p, WEIGHT, bias, rectified, batch, in, out, true);
          algebra.linearBackwardInput(g, "back", dy, p, WEIGHT, dx, batch, in, out);
          algebra.linearBackwardParameters(g, "back", x, dy, gradients, WEIGHT, bias, batch, in, out);
        },
        x, dy, p, y, rectified, dx, gradients);

    double[] ey = new double[batch * out];
    double[] edx = new double[batch * in];
    double[] eg = new double[bias + out];
    for (int b = 0; b < batch; b++) {
      for (int o = 0; o < out; o++) {
        ey[b * out + o] = p.get(bias + o);
        eg[bias + o] += dy.get(b * out + o);
        for (int i = 0; i < in; i++) {
          ey[b * out + o] += (double) x.get(b * in + i) * p.get(WEIGHT + o * in + i);
          edx[b * in + i] += (double) dy.get(b * out + o) * p.get(WEIGHT + o * in + i);
          eg[WEIGHT + o * in + i] += (double) dy.get(b * out + o) * x.get(b * in + i);
        }
      }
    }
    close(y, ey, 0, batch * out);
    close(dx, edx, 0, batch * in);
    close(gradients, eg, WEIGHT, in * out);
    close(gradients, eg, bias, out);
    close(rectified, rectify(ey), 0, batch * out);
    assertThat(gradients.get(0)).isNaN();
    assertThat(gradients.get(bias - 1)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"1,1,3,3,1,3,1,0", "2,3,7,5,4,3,1,0", "3,2,6,9,5,3,1,1", "2,3,9,8,17,3,2,1",
      "35,1,4,5,2,3,1,0", "1,2,9,9,3,7,2,3"})
  void convolution(int batch, int inC, int height, int width, int outC, int kernel, int stride, int padding) {
    ConvolutionShape s = new ConvolutionShape(batch, inC, height, width, outC, kernel, stride, padding);
    int outSize = batch * outC * s.outHeight() * s.outWidth();
    int inSize = batch * inC * height * width;
    int weights = outC * inC * kernel * kernel;
    int bias = WEIGHT + weights + 2;
    FloatArray x = Device.normal(inSize, 1);
    FloatArray dy = Device.normal(outSize, 2);
    FloatArray p = Device.normal(bias + outC, 3);
    FloatArray y = Device.garbage(outSize);
    FloatArray rectified = Device.garbage(outSize);
    FloatArray dx = Device.garbage(inSize);
    FloatArray gradients = Device.garbage(bias + outC);
    Device.run(
        g -> {
          algebra.convolutionForward(g, "forward", x, p, WEIGHT, bias, y, s, false);
          algebra.convolutionForward(g, "relu", x, p, WEIGHT, bias, rectified, s, true);
          algebra.convolutionBackwardInput(g, "back", dy, p, WEIGHT, dx, s);
          algebra.convolutionBackwardParameters(g, "back", x, dy, gradients, WEIGHT, bias, s);
        },
        x, dy, p, y, rectified, dx, gradients);

    double[] ey = new double[outSize];
    double[] edx = new double[inSize];
    double[] eg = new double[bias + outC];
    for (int out = 0; out < outSize; out++) {
      int column = out % s.outWidth();
      int row = out / s.outWidth() % s.outHeight();
      int o = out / (s.outWidth() * s.outHeight()) % outC;
      int b = out / (s.outWidth() * s.outHeight() * outC);
      ey[out] = p.get(bias + o);
      eg[bias + o] += dy.get(out);
      for (int k = 0; k < inC * kernel * kernel; k++) {
        int h = row * stride - padding + k / kernel % kernel;
        int w = column * stride - padding + k % kernel;
        if (h >= 0 && h < height && w >= 0 && w < width) {
          int in = ((b * inC + k / (kernel * kernel)) * height + h) * width + w;
          int at = WEIGHT + o * inC * kernel * kernel + k;
          ey[out] += (double) x.get(in) * p.get(at);
          edx[in] += (double) dy.get(out) * p.get(at);
          eg[at] += (double) dy.get(out) * x.get(in);
        }
      }
    }
    close(y, ey, 0, outSize);
    close(rectified, rectify(ey), 0, outSize);
    close(dx, edx, 0, inSize);
    close(gradients, eg, WEIGHT, weights);
    close(gradients, eg, bias, outC);
  }

  @Test
  void hasAName() {
    assertThat(algebra.name()).isEqualTo("tiled kernels");
  }

  private static double[] rectify(double[] values) {
    double[] result = values.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.max(0, result[i]);
    }
    return result;
  }

  private static void close(FloatArray actual, double[] expected, int offset, int size) {
    for (int i = offset; i < offset + size; i++) {
      assertThat(Math.abs(actual.get(i) - expected[i]))
          .as("[%d]: %s, expected %s", i, actual.get(i), expected[i])
          .isLessThanOrEqualTo(1e-5 + 1e-5 * Math.abs(expected[i]));
    }
  }
}
