// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.nn.Device;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.SoftmaxReference;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class SoftmaxCrossEntropyTest {
  private static final int IMAGES = 50;

  @ParameterizedTest
  @CsvSource({"1,1,1", "4,4,10", "13,7,10", "207,206,100"})
  void agreesWithThePlainReference(int batch, int count, int classes) {
    Random random = new Random(batch);
    FloatArray logits = Device.normal(batch * classes, 5);
    for (int i = 0; i < logits.getSize(); i++) {
      logits.set(i, 20 * logits.get(i));
    }
    ByteArray labels = new ByteArray(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      labels.set(i, (byte) random.nextInt(classes));
    }
    IntArray indices = new IntArray(batch);
    for (int b = 0; b < batch; b++) {
      indices.set(b, random.nextInt(IMAGES));
    }
    BatchControl control = new BatchControl(0);
    control.set(count, false, 0, 0);
    FloatArray lossSums = new FloatArray(batch);
    lossSums.init(1f);
    IntArray hits = new IntArray(batch);
    hits.init(3);
    FloatArray trainingSums = new FloatArray(batch);
    trainingSums.init(1f);
    IntArray trainingHits = new IntArray(batch);
    trainingHits.init(3);
    FloatArray gradient = Device.garbage(batch * classes);
    IntArray c = control.array();
    Device.run(
        g -> {
          g.add(t -> t.task("e", SoftmaxCrossEntropy::evaluate, logits, labels, indices, c, lossSums, hits,
              batch, classes));
          g.add(t -> t.task("t", SoftmaxCrossEntropy::train, logits, labels, indices, c, trainingSums,
              trainingHits, gradient, batch, classes));
        },
        logits, labels, indices, c, lossSums, hits, trainingSums, trainingHits, gradient);
    assertThat(trainingSums.toHeapArray()).isEqualTo(lossSums.toHeapArray());
    assertThat(trainingHits.toHeapArray()).isEqualTo(hits.toHeapArray());

    for (int b = 0; b < batch; b++) {
      double[] row = Arrays.copyOfRange(Comparison.doubles(logits), b * classes, (b + 1) * classes);
      SoftmaxReference expected = SoftmaxReference.of(row, labels.get(indices.get(b)));
      double loss = expected.loss();
      assertThat((double) lossSums.get(b)).isCloseTo(b < count ? 1 + loss : 1, within(1e-5 * (1 + loss)));
      assertThat(hits.get(b)).isEqualTo(b < count && expected.hit() ? 4 : 3);
      for (int k = 0; k < classes; k++) {
        double slope = b < count ? expected.gradient()[k] / count : 0;
        assertThat((double) gradient.get(b * classes + k)).isCloseTo(slope, within(1e-6 / count));
      }
    }
  }

  @Test
  void resetForgetsEvenNaN() {
    FloatArray logits = FloatArray.fromElements(0f, 0f);
    ByteArray labels = ByteArray.fromElements((byte) 1);
    IntArray indices = IntArray.fromElements(0);
    BatchControl control = new BatchControl(0);
    control.set(1, true, 0, 0);
    FloatArray lossSums = Device.garbage(1);
    IntArray hits = IntArray.fromElements(9);
    IntArray c = control.array();
    Device.run(
        g -> g.add(t -> t.task("e", SoftmaxCrossEntropy::evaluate, logits, labels, indices, c, lossSums,
            hits, 1, 2)),
        logits, labels, indices, c, lossSums, hits);
    assertThat(lossSums.get(0)).isCloseTo((float) Math.log(2), within(1e-6f));
    assertThat(hits.get(0)).isZero();
  }
}
