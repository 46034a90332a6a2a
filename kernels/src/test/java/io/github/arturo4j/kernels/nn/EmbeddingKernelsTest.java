// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.reference.Comparison;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class EmbeddingKernelsTest {
  private static final int WEIGHT = 3;

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "4,13,2,3", "207,4,5,4", "13,5,207,64", "2,4098,3,1", "1000,207,33,64", "7,100,4,5"})
  void looksUpAndSumsUp(int entries, int rows, int dimensions, int shares) {
    Random random = new Random(4);
    int[] tokens = random.ints(rows, 0, entries).toArray();
    FloatArray x = new FloatArray(rows);
    for (int r = 0; r < rows; r++) {
      x.set(r, tokens[r]);
    }
    FloatArray parameters = Device.normal(WEIGHT + entries * dimensions + 1, 1);
    FloatArray y = Device.garbage(rows * dimensions);
    FloatArray dy = Device.normal(rows * dimensions, 2);
    FloatArray gradients = Device.garbage(parameters.getSize());
    FloatArray shared = Device.normal(parameters.getSize(), 3);
    double[] sums = Comparison.doubles(shared);
    Device.run(
        g -> {
          g.loops("forward", rows, dimensions);
          g.add(t -> t.task("forward", EmbeddingKernels::forward, x, parameters, y, WEIGHT, rows, dimensions));
          g.loops("backward", shares, dimensions);
          g.add(t -> t.task("backward", EmbeddingKernels::backward, dy, x, gradients, WEIGHT, entries, rows, dimensions,
              shares, 0));
          g.loops("shared", shares, dimensions);
          g.add(t -> t.task("shared", EmbeddingKernels::backward, dy, x, shared, WEIGHT, entries, rows, dimensions, shares, 1));
        },
        x, parameters, y, dy, gradients, shared);
    double[] expected = new double[gradients.getSize()];
    Arrays.fill(expected, 0, WEIGHT, Double.NaN); // of other tensors
    expected[expected.length - 1] = Double.NaN;
    for (int r = 0; r < rows; r++) {
      for (int d = 0; d < dimensions; d++) {
        int at = WEIGHT + tokens[r] * dimensions + d;
        assertThat(y.get(r * dimensions + d)).isEqualTo(parameters.get(at));
        expected[at] += dy.get(r * dimensions + d);
      }
    }
    Device.assertClose(gradients, expected, 1e-6 * rows);
    for (int i = WEIGHT; i < sums.length - 1; i++) {
      sums[i] += expected[i];
    }
    Device.assertClose(shared, sums, 1e-6 * rows);
  }
}
