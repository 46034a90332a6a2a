// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.loss.BinaryCrossEntropyWithLogits;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.loss.Huber;
import io.github.arturo4j.kernels.loss.L1;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.LossArrays;
import io.github.arturo4j.kernels.loss.MeanSquaredError;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.LossReference;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Each loss and its gradient, of full and padded batches, with sums that go on and sums that start anew. */
final class LossCheck {
  private static final double TOLERANCE = 1e-5;
  private static final int EXAMPLES = 50;
  private static final float LOSS_BEFORE = 1;

  private LossCheck() {}

  static void run(CheckContext probe) {
    List<Loss> losses =
        List.of(
            new CrossEntropy(), new CrossEntropy(.1, null), new MeanSquaredError(), new L1(), new Huber(),
            new BinaryCrossEntropyWithLogits());
    for (Loss loss : losses) {
      check(probe, loss, 1, 1, 1, true);
      check(probe, loss, 13, 7, 10, false);
      check(probe, loss, 207, 206, 101, true);
    }
  }

  private static void check(CheckContext probe, Loss loss, int batch, int count, int width, boolean reset) {
    FloatArray outputs = probe.values(batch * width);
    for (int i = 0; i < outputs.getSize(); i++) {
      outputs.set(i, 20 * outputs.get(i));
    }
    int[] classOf = probe.integers(EXAMPLES, width);
    float[] shares = probe.values(EXAMPLES * width).toHeapArray();
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.abs(shares[i]);
    }
    boolean ofClasses = loss instanceof CrossEntropy;
    Targets targets = ofClasses ? Targets.classes(classOf, width) : Targets.values(shares, width);
    IntArray labels = IntArray.fromArray(classOf);
    FloatArray values = FloatArray.fromArray(shares);
    IntArray indices = IntArray.fromArray(probe.integers(batch, EXAMPLES));
    BatchControl step = new BatchControl(0);
    step.set(count, reset, 0, 0);
    IntArray control = step.array();
    FloatArray scale = FloatArray.fromElements(1f / count);
    FloatArray losses = new FloatArray(batch);
    losses.init(reset ? Float.NaN : LOSS_BEFORE);
    FloatArray trainingLosses = new FloatArray(batch);
    trainingLosses.init(reset ? Float.NaN : LOSS_BEFORE);
    FloatArray gradient = probe.garbage(batch * width);
    probe.run(
        g -> {
          loss.addTo(g, new LossArrays(outputs, labels, values, indices, control, scale, losses, null, batch, width));
          loss.addTo(
              g,
              new LossArrays(outputs, labels, values, indices, control, scale, trainingLosses, gradient, batch, width));
        },
        outputs, ofClasses ? labels : values, indices, control, losses, trainingLosses, gradient);

    double[] expectedLosses = new double[batch];
    double[] expectedGradient = new double[batch * width];
    double[] rows = Comparison.doubles(outputs);
    Arrays.fill(expectedLosses, reset ? 0 : LOSS_BEFORE);
    for (int b = 0; b < count; b++) {
      double[] row = Arrays.copyOfRange(rows, b * width, (b + 1) * width);
      LossReference expected = LossReference.of(loss, targets, indices.get(b), row);
      expectedLosses[b] += expected.loss();
      for (int c = 0; c < width; c++) {
        expectedGradient[b * width + c] = expected.gradient()[c] / count;
      }
    }
    String what = "%s, batch of %d×%d: ".formatted(loss.name(), batch, width);
    probe.expect(what + "loss", losses, expectedLosses, TOLERANCE);
    probe.expect(what + "loss in training", trainingLosses, expectedLosses, TOLERANCE);
    probe.expect(what + "gradient", gradient, expectedGradient, TOLERANCE / count);
  }
}
