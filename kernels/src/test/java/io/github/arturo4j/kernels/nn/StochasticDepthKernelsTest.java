// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.reference.DropoutReference;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class StochasticDepthKernelsTest {
  private static final double PROBABILITY = .3;
  private static final int THRESHOLD = DropoutKernels.threshold(PROBABILITY);
  private static final float SCALE = DropoutKernels.scale(PROBABILITY);
  private static final int LAYER = 1;
  private static final int KEY = BatchControl.key(LAYER);

  private static BatchControl control(int batch) {
    BatchControl control = new BatchControl(new int[] {5, 1});
    control.set(batch, false, 42, 7);
    return control;
  }

  private static FloatArray forward(FloatArray x, BatchControl control, int batch) {
    FloatArray y = Device.garbage(x.getSize());
    int size = x.getSize() / batch;
    Device.run(
        g -> {
          g.loops("d", batch, size);
          g.add(
              t ->
                  t.task(
                      "d", StochasticDepthKernels::forward, x, y, control.array(), KEY, THRESHOLD, SCALE, batch, size));
        },
        x, y, control.array());
    return y;
  }

  /** The factor of each example. */
  private static double[] factors(int batch) {
    double[] ones = new double[batch];
    Arrays.fill(ones, 1);
    return DropoutReference.of(control(batch).array(), LAYER, PROBABILITY).forward(ones, 0);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "4,13", "13,4", "207,5", "5,4098"})
  void wholeExamplesAreDroppedAndTheOthersScaledForwardAndBack(int batch, int size) {
    FloatArray x = Device.normal(batch * size, 1);
    FloatArray y = forward(x, control(batch), batch);
    FloatArray dy = Device.normal(batch * size, 2);
    float[] before = dy.toHeapArray();
    BatchControl control = control(batch);
    Device.run(
        g -> {
          g.loops("d", batch, size);
          g.add(
              t -> t.task("d", StochasticDepthKernels::backward, dy, control.array(), KEY, THRESHOLD, SCALE, batch, size));
        },
        dy, control.array());
    double[] factors = factors(batch);
    for (int i = 0; i < batch * size; i++) {
      assertThat(y.get(i)).isEqualTo(x.get(i) * (float) factors[i / size]);
      assertThat(dy.get(i)).isEqualTo(before[i] * (float) factors[i / size]);
    }
  }

  @Test
  void partsOfABatchDrawAsTheWhole() {
    int size = 3;
    FloatArray x = Device.normal(11 * size, 1);
    float[] whole = forward(x, control(11), 11).toHeapArray();
    BatchControl control = control(11);
    control.part(4, 7, false);
    FloatArray rest = FloatArray.fromArray(Arrays.copyOfRange(x.toHeapArray(), 4 * size, 11 * size));
    assertThat(forward(rest, control, 7).toHeapArray()).isEqualTo(Arrays.copyOfRange(whole, 4 * size, 11 * size));
  }

  @Test
  void keepsTheShareItShould() {
    int batch = 20_000;
    double kept = Arrays.stream(factors(batch)).filter(f -> f > 0).count();
    FloatArray ones = new FloatArray(batch);
    ones.init(1f);
    FloatArray y = forward(ones, control(batch), batch);
    double sum = 0;
    for (int i = 0; i < batch; i++) {
      sum += y.get(i);
    }
    assertThat(kept / batch).isCloseTo(1 - PROBABILITY, within(.02));
    assertThat(sum / batch).isCloseTo(1, within(.03));
  }
}
