// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.nn.DropoutKernels;
import io.github.arturo4j.kernels.nn.HalvingPoolKernels;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.DropoutReference;
import io.github.arturo4j.kernels.reference.MaxPoolReference;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Max-pooling and the way back through it, over even and odd sizes, with ties. */
final class MaxPoolCheck {
  private static final double TOLERANCE = 1e-6;
  private static final double DROPOUT = 0.2;
  private static final float SCALE = 1.25f;

  private MaxPoolCheck() {}

  static void run(CheckContext probe) {
    check(probe, 1, 2, 2);
    check(probe, 3, 5, 4);
    check(probe, 13, 4, 7);
    check(probe, 7, 11, 11);
  }

  private static void check(CheckContext probe, int planes, int height, int width) {
    MaxPoolReference reference = new MaxPoolReference(planes, height, width);
    FloatArray x = probe.rectified(planes * height * width);
    FloatArray y = probe.garbage(reference.pooledSize());
    FloatArray dy = probe.values(reference.pooledSize());
    FloatArray dx = probe.garbage(planes * height * width);
    FloatArray dropped = probe.garbage(reference.pooledSize());
    BatchControl step = new BatchControl(1);
    step.set(1, false, 1, 2);
    IntArray control = step.array();
    int key = BatchControl.key(0);
    int threshold = DropoutKernels.threshold(DROPOUT);
    probe.run(
        g -> {
          g.add(t -> t.task("forward", HalvingPoolKernels::forward, x, y, planes, height, width));
          g.add(t -> t.task("backward", HalvingPoolKernels::backward, x, y, dy, dx, planes, height, width, SCALE));
          g.add(
              t ->
                  t.task(
                      "dropout", HalvingPoolKernels::forwardWithDropout, x, dropped, control, planes, height, width, key,
                      threshold, SCALE));
          g.add(t -> t.task("edges", HalvingPoolKernels::clearEdges, dx, planes, height, width));
        },
        x, y, dy, dx, control, dropped);
    String planesOf = "%d planes of %d×%d: ".formatted(planes, height, width);
    double[] input = Comparison.doubles(x);
    double[] pooled = reference.forward(input);
    probe.expect(planesOf + "maximum", y, pooled, 0);
    probe.expect(
        planesOf + "maximum with dropout", dropped, DropoutReference.of(control, 0, DROPOUT).forward(pooled, 0),
        TOLERANCE);
    probe.expect(
        planesOf + "gradient", dx, reference.backward(input, pooled, Comparison.doubles(dy), SCALE), TOLERANCE);
  }
}
