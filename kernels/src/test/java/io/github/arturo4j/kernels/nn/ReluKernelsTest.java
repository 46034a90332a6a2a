// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.ReluReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class ReluKernelsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 13, 207, 4098})
  void gradientPassesWhereTheOutputIsPositive(int size) {
    FloatArray y = Device.normal(size, 1);
    for (int i = 0; i < size; i++) {
      y.set(i, Math.max(0f, y.get(i)));
    }
    FloatArray before = Device.normal(size, 2);
    FloatArray dy = FloatArray.fromArray(before.toHeapArray());
    Device.run(g -> g.add(t -> t.task("relu", ReluKernels::backward, dy, y, 2f)), dy, y);
    Device.assertClose(dy, ReluReference.backward(Comparison.doubles(before), Comparison.doubles(y), 2), 0);
  }
}
