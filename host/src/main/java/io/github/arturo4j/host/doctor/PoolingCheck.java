// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.nn.PoolingKernels;
import io.github.arturo4j.kernels.nn.PoolingTasks;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.MaxPoolReference;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Max-pooling of several windows, with ties, means of planes, and the way back through them, in both shapes. */
final class PoolingCheck {
  private static final double TOLERANCE = 1e-6;

  private PoolingCheck() {}

  static void run(CheckContext probe) {
    for (KernelShape shape : KernelShape.values()) {
      max(probe, shape, new MaxPoolReference(3, 5, 4, 3, 2, 1));
      max(probe, shape, new MaxPoolReference(7, 14, 14, 3, 2, 1));
      max(probe, shape, new MaxPoolReference(2, 9, 7, 3, 1, 1));
      average(probe, shape, 13, 49);
      average(probe, shape, 207, 1);
    }
  }

  private static void max(CheckContext probe, KernelShape shape, MaxPoolReference r) {
    FloatArray x = probe.rectified(r.planes() * r.height() * r.width());
    FloatArray y = probe.garbage(r.pooledSize());
    FloatArray dy = probe.values(r.pooledSize());
    FloatArray dx = probe.garbage(x.getSize());
    IntArray where = new IntArray(r.pooledSize());
    probe.run(
        g -> {
          g.add(t -> t.task("max", PoolingKernels::maximum, x, y, where, r.planes(), r.height(), r.width(), r.outHeight(),
              r.outWidth(), r.kernel(), r.stride(), r.padding()));
          PoolingTasks.addMaximumBackward(g, shape, "maxBackward", dy, where, dx, r.planes(), r.height(), r.width(),
              r.outHeight(), r.outWidth(), r.kernel(), r.stride(), r.padding());
        },
        x, y, dy, dx);
    String windows =
        "%s, %d planes of %d×%d, windows of %d: ".formatted(shape, r.planes(), r.height(), r.width(), r.kernel());
    double[] input = Comparison.doubles(x);
    probe.expect(windows + "maximum", y, r.forward(input), 0);
    probe.expect(windows + "gradient", dx, r.backward(input, Comparison.doubles(dy)), TOLERANCE);
  }

  private static void average(CheckContext probe, KernelShape shape, int planes, int pixels) {
    FloatArray x = probe.values(planes * pixels);
    FloatArray y = probe.garbage(planes);
    FloatArray dy = probe.values(planes);
    FloatArray dx = probe.garbage(planes * pixels);
    probe.run(
        g -> {
          PoolingTasks.addAverage(g, shape, "average", x, y, planes, pixels);
          g.add(t -> t.task("averageBackward", PoolingKernels::averageBackward, dy, dx, planes, pixels));
        },
        x, y, dy, dx);
    double[] means = new double[planes];
    double[] shares = new double[planes * pixels];
    for (int i = 0; i < shares.length; i++) {
      means[i / pixels] += (double) x.get(i) / pixels;
    }
    Arrays.setAll(shares, i -> (double) dy.get(i / pixels) / pixels);
    String of = "%s, %d planes of %d: ".formatted(shape, planes, pixels);
    probe.expect(of + "mean", y, means, TOLERANCE);
    probe.expect(of + "gradient of the mean", dx, shares, TOLERANCE);
  }
}
