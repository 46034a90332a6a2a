// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.nn.Device;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class DecayTest {
  static void decay(FloatArray x, FloatArray y) {
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      y.set(i, Decay.of(x.get(i)));
    }
  }

  private static float[] of(float... x) {
    FloatArray from = FloatArray.fromArray(x);
    FloatArray to = Device.garbage(x.length);
    Device.run(g -> g.add(t -> t.task("decay", DecayTest::decay, from, to)), from, to);
    return to.toHeapArray();
  }

  /** Every power of two that it is put together of is in it, and each value beside one where it is rounded. */
  @Test
  void isTheExponential() {
    float[] x = new float[40_000];
    for (int i = 0; i < x.length; i++) {
      x[i] = i * (87f / x.length);
    }
    float[] y = of(x);
    for (int i = 0; i < x.length; i++) {
      assertThat(y[i] / Math.exp(-x[i])).as("%s", x[i]).isBetween(1 - 2e-6, 1 + 2e-6);
    }
  }

  @Test
  void extremes() {
    assertThat(of(0, -0f, Float.MIN_VALUE, 1e-9f)).containsOnly(1);
    for (float y : of(88, 1000, 1e30f, Float.POSITIVE_INFINITY)) {
      assertThat(y).isBetween(0f, 1.7e-38f);
    }
    assertThat(of(Float.NaN)[0]).isNaN();
  }
}
