// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class SumKernelsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 13, 207, 4098})
  void addsBothPathsAndBothGradients(int size) {
    FloatArray a = Device.normal(size, 1);
    FloatArray b = Device.normal(size, 2);
    FloatArray sum = Device.garbage(size);
    FloatArray rectified = Device.garbage(size);
    FloatArray copy = Device.garbage(size);
    FloatArray part = Device.garbage((size + 1) / 2);
    FloatArray dy = Device.normal(size, 3);
    FloatArray through = Device.normal(size, 3);
    FloatArray longer = new FloatArray(size + 3);
    longer.init(7f);
    Device.run(
        g -> {
          g.add(t -> t.task("s", SumKernels::add, a, b, sum, Float.NEGATIVE_INFINITY));
          g.add(t -> t.task("r", SumKernels::add, a, b, rectified, 0f));
          g.add(t -> t.task("c", SumKernels::copy, a, copy));
          g.add(t -> t.task("f", SumKernels::slice, a, part, size / 2));
          g.add(t -> t.task("p", SumKernels::accumulate, dy, b));
          g.add(t -> t.task("o", SumKernels::accumulateAt, longer, b, 2));
          g.add(t -> t.task("t", SumKernels::accumulateThroughRelu, through, b, rectified));
        },
        a, b, sum, rectified, copy, part, dy, through, longer);
    for (int i = 0; i < longer.getSize(); i++) {
      assertThat(longer.get(i)).isEqualTo(i < 2 || i == size + 2 ? 7f : 7f + b.get(i - 2));
    }
    for (int i = 0; i < part.getSize(); i++) {
      assertThat(part.get(i)).isEqualTo(a.get(size / 2 + i));
    }
    FloatArray upstream = Device.normal(size, 3);
    double[][] expected = new double[5][size];
    for (int i = 0; i < size; i++) {
      expected[0][i] = (double) a.get(i) + b.get(i);
      expected[1][i] = Math.max(0, expected[0][i]);
      expected[2][i] = a.get(i);
      expected[3][i] = (double) upstream.get(i) + b.get(i);
      expected[4][i] = expected[1][i] > 0 ? expected[3][i] : 0;
    }
    Device.assertClose(sum, expected[0], 1e-6);
    Device.assertClose(rectified, expected[1], 1e-6);
    Device.assertClose(copy, expected[2], 0);
    Device.assertClose(dy, expected[3], 1e-6);
    Device.assertClose(through, expected[4], 1e-6);
  }
}
