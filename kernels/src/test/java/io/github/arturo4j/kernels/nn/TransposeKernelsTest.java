// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.KernelShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class TransposeKernelsTest {
  @ParameterizedTest
  @CsvSource({"1,1,1", "4,13,1", "3,1,13", "2,16,32", "3,17,15", "1,207,4098", "5,33,207"})
  void rowsBecomeColumnsAndTheWayBackIsTheInverse(int batch, int rows, int columns) {
    for (KernelShape shape : KernelShape.values()) {
      FloatArray x = Device.normal(batch * rows * columns, 1);
      FloatArray y = Device.garbage(x.getSize());
      FloatArray back = Device.garbage(x.getSize());
      TransposeTasks tasks = new TransposeTasks(batch, rows, columns);
      Device.run(
          g -> {
            tasks.add(g, shape, "forward", x, y);
            tasks.inverse().add(g, shape, "back", y, back);
          },
          x, y, back);
      for (int i = 0; i < x.getSize(); i++) {
        int b = i / (rows * columns);
        int r = i / columns % rows;
        int c = i % columns;
        assertThat(y.get((b * columns + c) * rows + r)).isEqualTo(x.get(i));
      }
      assertThat(back.toHeapArray()).isEqualTo(x.toHeapArray());
    }
  }
}
