// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.reference.DropoutReference;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class DropoutKernelsTest {
  private static final int SIZE = 100_003;

  private static FloatArray dropOnes(int size, double probability, long seed, long step, int layer) {
    BatchControl control = new BatchControl(3);
    control.set(1, false, seed, step);
    FloatArray x = new FloatArray(size);
    x.init(1f);
    int threshold = DropoutKernels.threshold(probability);
    float scale = DropoutKernels.scale(probability);
    int key = BatchControl.key(layer);
    Device.run(g -> g.add(t -> t.task("d", DropoutKernels::forward, x, control.array(), key, threshold, scale)), x,
        control.array());
    return x;
  }

  private static double meanProduct(FloatArray a, FloatArray b, int lag) {
    double sum = 0;
    for (int i = 0; i + lag < a.getSize(); i++) {
      sum += (a.get(i + lag) - 1.0) * (b.get(i) - 1.0);
    }
    return sum / (a.getSize() - lag);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, .2, .5, .9})
  void keepsTheShareItShouldAndTheExpectation(double p) {
    FloatArray x = dropOnes(SIZE, p, 1, 2, 0);
    int kept = 0;
    for (int i = 0; i < SIZE; i++) {
      if (x.get(i) != 0) {
        assertThat(x.get(i)).isEqualTo((float) (1 / (1 - p)));
        kept++;
      }
    }
    double deviation = Math.sqrt(p * (1 - p) / SIZE);
    assertThat((double) kept / SIZE).isCloseTo(1 - p, within(5 * deviation + 1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 13, 207, 4098})
  void drawsAsThePlainHashDoes(int size) {
    BatchControl control = new BatchControl(3);
    control.set(1, false, 42, 7);
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    double[] expected = DropoutReference.of(control.array(), 1, .2).forward(ones, 0);
    Device.assertClose(dropOnes(size, .2, 42, 7, 1), expected, 1e-7);
  }

  @Test
  void elementsStepsLayersAndSeedsAreUncorrelated() {
    FloatArray x = dropOnes(SIZE, .5, 1, 1, 0);
    double bound = 5 / Math.sqrt(SIZE);
    for (int lag : new int[] {1, 2, 3, 16, 169, 784}) {
      assertThat(meanProduct(x, x, lag)).as("lag %d", lag).isCloseTo(0, within(bound));
    }
    assertThat(meanProduct(x, dropOnes(SIZE, .5, 1, 2, 0), 0)).as("next step").isCloseTo(0, within(bound));
    assertThat(meanProduct(x, dropOnes(SIZE, .5, 1, 1, 1), 0)).as("next layer").isCloseTo(0, within(bound));
    assertThat(meanProduct(x, dropOnes(SIZE, .5, 2, 1, 0), 0)).as("next seed").isCloseTo(0, within(bound));
  }

  @Test
  void refusesToDropEverything() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DropoutKernels.threshold(1))
        .withMessageContaining("[0, 1)");
    assertThatIllegalArgumentException().isThrownBy(() -> DropoutKernels.threshold(Double.NaN));
  }
}
