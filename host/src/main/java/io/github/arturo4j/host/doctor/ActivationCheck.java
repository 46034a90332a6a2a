// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.nn.DropoutKernels;
import io.github.arturo4j.kernels.nn.ReluKernels;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.DropoutReference;
import io.github.arturo4j.kernels.reference.ReluReference;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** DropoutKernels of the very elements that the reference drops, and the way back through it and the ReLU before it. */
final class ActivationCheck {
  private static final double TOLERANCE = 1e-6;
  private static final double PROBABILITY = 0.2;
  private static final int[] SIZES = {1, 4, 13, 207, 4098};
  private static final int LAYER = 1;

  private ActivationCheck() {}

  static void run(CheckContext probe) {
    for (int size : SIZES) {
      check(probe, size);
    }
  }

  private static void check(CheckContext probe, int size) {
    BatchControl step = new BatchControl(LAYER + 1);
    step.set(1, false, 42, size);
    IntArray control = step.array();
    FloatArray x = probe.rectified(size);
    FloatArray dy = probe.values(size);
    double[] input = Comparison.doubles(x);
    double[] upstream = Comparison.doubles(dy);
    float scale = DropoutKernels.scale(PROBABILITY);
    int key = BatchControl.key(LAYER);
    int threshold = DropoutKernels.threshold(PROBABILITY);
    probe.run(
        g -> {
          g.add(t -> t.task("dropout", DropoutKernels::forward, x, control, key, threshold, scale));
          g.add(t -> t.task("relu", ReluKernels::backward, dy, x, scale));
        },
        x, control, dy);
    double[] output = DropoutReference.of(control, LAYER, PROBABILITY).forward(input, 0);
    probe.expect(size + " values: dropout", x, output, TOLERANCE);
    probe.expect(
        size + " values: gradient of dropout and ReLU", dy, ReluReference.backward(upstream, output, scale), TOLERANCE);
  }
}
