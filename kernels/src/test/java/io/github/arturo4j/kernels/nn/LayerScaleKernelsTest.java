// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.KernelShape;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class LayerScaleKernelsTest {
  private static final int WEIGHT = 3;

  @ParameterizedTest
  @CsvSource({"1,1,1", "4,13,1", "13,4,207", "3,207,4", "2,3,4098"})
  void channelsAreMultipliedAndTheirGradientsSummedUp(int batch, int channels, int pixels) {
    int n = batch * channels * pixels;
    for (KernelShape shape : KernelShape.values()) {
      FloatArray x = Device.normal(n, 1);
      FloatArray parameters = Device.normal(WEIGHT + channels + 1, 2);
      FloatArray y = Device.garbage(n);
      FloatArray before = Device.normal(n, 3);
      FloatArray dy = FloatArray.fromArray(before.toHeapArray());
      FloatArray gradients = Device.garbage(parameters.getSize());
      LayerScaleTasks tasks = new LayerScaleTasks(batch, channels, pixels, WEIGHT);
      Device.run(
          g -> {
            tasks.addForward(g, "forward", x, parameters, y);
            tasks.addBackwardParameters(g, shape, "parameters", dy, x, gradients);
            tasks.addBackwardInput(g, "input", dy, parameters);
          },
          x, parameters, y, dy, gradients);
      double[] expected = new double[parameters.getSize()];
      Arrays.fill(expected, 0, WEIGHT, Double.NaN); // of other tensors
      expected[expected.length - 1] = Double.NaN;
      for (int i = 0; i < n; i++) {
        int parameter = WEIGHT + i / pixels % channels;
        assertThat(y.get(i)).isEqualTo(x.get(i) * parameters.get(parameter));
        assertThat(dy.get(i)).isEqualTo(before.get(i) * parameters.get(parameter));
        expected[parameter] += (double) before.get(i) * x.get(i);
      }
      Device.assertClose(gradients, expected, 1e-4);
    }
  }
}
