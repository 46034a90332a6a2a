// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.loss.SoftmaxCrossEntropy;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.SoftmaxReference;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Loss, hits and gradient of full and padded batches, with sums that go on and sums that start anew. */
final class SoftmaxCheck {
  private static final double TOLERANCE = 1e-5;
  private static final int IMAGES = 50;
  private static final float LOSS_BEFORE = 1;
  private static final int HITS_BEFORE = 3;

  private SoftmaxCheck() {}

  static void run(CheckContext probe) {
    check(probe, 1, 1, 1, true);
    check(probe, 13, 7, 10, false);
    check(probe, 207, 206, 101, true);
  }

  private static void check(CheckContext probe, int batch, int count, int classes, boolean reset) {
    FloatArray logits = probe.values(batch * classes);
    for (int i = 0; i < logits.getSize(); i++) {
      logits.set(i, 20 * logits.get(i));
    }
    int[] classOf = probe.integers(IMAGES, classes);
    ByteArray labels = new ByteArray(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      labels.set(i, (byte) classOf[i]);
    }
    IntArray indices = IntArray.fromArray(probe.integers(batch, IMAGES));
    BatchControl step = new BatchControl(0);
    step.set(count, reset, 0, 0);
    IntArray control = step.array();
    FloatArray losses = new FloatArray(batch);
    losses.init(reset ? Float.NaN : LOSS_BEFORE);
    IntArray hits = new IntArray(batch);
    hits.init(HITS_BEFORE);
    FloatArray trainingLosses = new FloatArray(batch);
    trainingLosses.init(reset ? Float.NaN : LOSS_BEFORE);
    IntArray trainingHits = new IntArray(batch);
    trainingHits.init(HITS_BEFORE);
    FloatArray gradient = probe.garbage(batch * classes);
    probe.run(
        g -> {
          g.add(
              t ->
                  t.task(
                      "evaluate", SoftmaxCrossEntropy::evaluate, logits, labels, indices, control, losses, hits,
                      batch, classes));
          g.add(
              t ->
                  t.task(
                      "train", SoftmaxCrossEntropy::train, logits, labels, indices, control, trainingLosses,
                      trainingHits, gradient, batch, classes));
        },
        logits, labels, indices, control, losses, hits, trainingLosses, trainingHits, gradient);

    double[] expectedLosses = new double[batch];
    double[] expectedHits = new double[batch];
    double[] expectedGradient = new double[batch * classes];
    double[] rows = Comparison.doubles(logits);
    Arrays.fill(expectedLosses, reset ? 0 : LOSS_BEFORE);
    Arrays.fill(expectedHits, reset ? 0 : HITS_BEFORE);
    for (int b = 0; b < count; b++) {
      double[] row = Arrays.copyOfRange(rows, b * classes, (b + 1) * classes);
      SoftmaxReference image = SoftmaxReference.of(row, classOf[indices.get(b)]);
      expectedLosses[b] += image.loss();
      expectedHits[b] += image.hit() ? 1 : 0;
      for (int c = 0; c < classes; c++) {
        expectedGradient[b * classes + c] = image.gradient()[c] / count;
      }
    }
    String what = "batch of %d×%d: ".formatted(batch, classes);
    probe.expect(what + "loss", losses, expectedLosses, TOLERANCE);
    probe.expect(what + "hits", hits, expectedHits);
    probe.expect(what + "loss in training", trainingLosses, expectedLosses, TOLERANCE);
    probe.expect(what + "hits in training", trainingHits, expectedHits);
    probe.expect(what + "gradient", gradient, expectedGradient, TOLERANCE / count);
  }
}
