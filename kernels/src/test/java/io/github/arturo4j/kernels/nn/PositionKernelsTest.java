// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class PositionKernelsTest {
  private static final int WEIGHT = 3;

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "4,13,2,13", "13,5,207,9", "3,207,4,208", "2,1,4098,4"})
  void addsTheTableAndSumsUpItsGradient(int batch, int positions, int dimensions, int entries) {
    int size = positions * dimensions;
    FloatArray x = Device.normal(batch * size, 1);
    FloatArray table = Device.normal(WEIGHT + entries * dimensions + 1, 2);
    FloatArray y = Device.garbage(batch * size);
    FloatArray dy = Device.normal(batch * size, 3);
    FloatArray gradients = Device.garbage(table.getSize());
    Device.run(
        g -> {
          g.loops("forward", batch, size);
          g.add(t -> t.task("forward", PositionKernels::forward, x, table, y, WEIGHT, batch, size));
          g.loops("backward", entries, dimensions);
          g.add(t -> t.task("backward", PositionKernels::backward, dy, gradients, WEIGHT, entries, batch, positions, dimensions));
        },
        x, table, y, dy, gradients);
    double[] expected = new double[table.getSize()];
    for (int i = 0; i < batch * size; i++) {
      assertThat(y.get(i)).isEqualTo(x.get(i) + table.get(WEIGHT + i % size));
      expected[WEIGHT + i % size] += dy.get(i);
    }
    for (int i = 0; i < expected.length; i++) {
      if (i < WEIGHT || i == expected.length - 1) { // of other tensors: TornadoVM does not send what a task only writes
        gradients.set(i, 0);
      }
    }
    Device.assertClose(gradients, expected, 1e-5);
  }
}
