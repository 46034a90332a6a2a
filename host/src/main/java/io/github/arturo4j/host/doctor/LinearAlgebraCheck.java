// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.KernelGraph;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Compares a convolution's forward and backward tasks, and through 1×1 images those of a linear layer, with plain
 * loops in double.
 */
final class LinearAlgebraCheck {
  private static final double TOLERANCE = 1e-4;

  private final TornadoDevice device;
  private final ConvolutionShape s;
  private final List<String> faults = new ArrayList<>();

  private LinearAlgebraCheck(TornadoDevice device, ConvolutionShape shape) {
    this.device = device;
    this.s = shape;
  }

  static List<String> run(TornadoDevice device) {
    List<String> faults = new ArrayList<>();
    for (ConvolutionShape shape :
        List.of(
            new ConvolutionShape(3, 2, 9, 7, 5, 3, 1, 0),
            new ConvolutionShape(2, 3, 8, 8, 4, 3, 2, 1),
            new ConvolutionShape(13, 37, 1, 1, 11, 1, 1, 0))) {
      faults.addAll(new LinearAlgebraCheck(device, shape).check());
    }
    return faults;
  }

  private List<String> check() {
    SplittableRandom random = new SplittableRandom(s.hashCode());
    int bias = s.weightSize();
    FloatArray x = random(random, s.inputSize());
    FloatArray w = random(random, bias + s.outChannels());
    FloatArray dy = random(random, s.outputSize());
    FloatArray y = new FloatArray(s.outputSize());
    FloatArray dx = new FloatArray(s.inputSize());
    FloatArray dw = new FloatArray(bias + s.outChannels());
    LinearAlgebra algebra = LinearAlgebra.forDevice(device);
    KernelGraph g = new KernelGraph("check", device).once(x, w, dy).result(y, dx, dw);
    if (s.inHeight() == 1) {
      algebra.linearForward(g, "forward", x, w, 0, bias, y, s.batch(), s.inChannels(), s.outChannels(), false);
      algebra.linearBackwardInput(g, "input", dy, w, 0, dx, s.batch(), s.inChannels(), s.outChannels());
      algebra.linearBackwardParameters(g, "weights", x, dy, dw, 0, bias, s.batch(), s.inChannels(), s.outChannels());
    } else {
      algebra.convolutionForward(g, "forward", x, w, 0, bias, y, s, false);
      algebra.convolutionBackwardInput(g, "input", dy, w, 0, dx, s);
      algebra.convolutionBackwardParameters(g, "weights", x, dy, dw, 0, bias, s);
    }
    try (TornadoExecutionPlan plan = KernelGraph.plan(g)) {
      TornadoExecutionResult result = plan.withGraph(0).execute();
      result.transferToHost(y, dx, dw);
    } catch (uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    double[] ey = new double[y.getSize()];
    double[] edx = new double[dx.getSize()];
    double[] edw = new double[dw.getSize()];
    reference(x, w, dy, ey, edx, edw);
    compare("output", y, ey);
    compare("input gradient", dx, edx);
    compare("weight gradient", dw, edw);
    return faults;
  }

  private void reference(FloatArray x, FloatArray w, FloatArray dy, double[] ey, double[] edx, double[] edw) {
    int pixels = s.outHeight() * s.outWidth();
    for (int at = 0; at < ey.length; at++) {
      int o = at / pixels % s.outChannels();
      int image = at / pixels / s.outChannels();
      int oy = at % pixels / s.outWidth();
      int ox = at % s.outWidth();
      ey[at] = w.get(s.weightSize() + o);
      edw[s.weightSize() + o] += dy.get(at);
      for (int p = 0; p < s.patch(); p++) {
        int c = p / (s.kernel() * s.kernel());
        int iy = oy * s.stride() + p / s.kernel() % s.kernel() - s.padding();
        int ix = ox * s.stride() + p % s.kernel() - s.padding();
        if (iy >= 0 && iy < s.inHeight() && ix >= 0 && ix < s.inWidth()) {
          int from = ((image * s.inChannels() + c) * s.inHeight() + iy) * s.inWidth() + ix;
          ey[at] += (double) x.get(from) * w.get(o * s.patch() + p);
          edx[from] += (double) dy.get(at) * w.get(o * s.patch() + p);
          edw[o * s.patch() + p] += (double) dy.get(at) * x.get(from);
        }
      }
    }
  }

  private void compare(String what, FloatArray actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual.get(i) - expected[i]) <= TOLERANCE * (1 + Math.abs(expected[i])))) {
        faults.add(s + ": " + what + "[" + i + "] is " + actual.get(i) + ", expected " + expected[i]);
        return;
      }
    }
  }

  private static FloatArray random(SplittableRandom random, int n) {
    FloatArray array = new FloatArray(n);
    for (int i = 0; i < n; i++) {
      array.set(i, (float) random.nextDouble(-1, 1));
    }
    return array;
  }
}
