// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class MaxPool2dTest {
  /** What a ReLU puts out: about half zeros, and some ties. */
  private static FloatArray rectified(int size) {
    FloatArray x = Device.normal(size, size);
    for (int i = 0; i < size; i++) {
      x.set(i, Math.max(0f, Math.round(x.get(i) * 4) / 4f));
    }
    return x;
  }

  @ParameterizedTest
  @CsvSource({"1,2,2", "3,5,4", "7,11,11", "13,4,7", "5,26,26"})
  void agreesWithThePlainReference(int planes, int height, int width) {
    int h2 = height / 2;
    int w2 = width / 2;
    FloatArray x = rectified(planes * height * width);
    FloatArray y = Device.garbage(planes * h2 * w2);
    FloatArray dy = Device.normal(planes * h2 * w2, 3);
    FloatArray dx = Device.garbage(planes * height * width);
    Device.run(
        g -> {
          g.add(t -> t.task("forward", MaxPool2d::forward, x, y, planes, height, width));
          g.add(t -> t.task("backward", MaxPool2d::backward, x, y, dy, dx, planes, height, width, 1.25f));
          g.add(t -> t.task("edges", MaxPool2d::clearEdges, dx, planes, height, width));
        },
        x, y, dy, dx);

    float[] expected = new float[dx.getSize()];
    for (int p = 0; p < planes; p++) {
      for (int h = 0; h < h2; h++) {
        for (int w = 0; w < w2; w++) {
          int best = -1;
          for (int i = 0; i < 4; i++) {
            int at = (p * height + 2 * h + i / 2) * width + 2 * w + i % 2;
            best = best < 0 || x.get(at) > x.get(best) ? at : best;
          }
          int pooled = (p * h2 + h) * w2 + w;
          assertThat(y.get(pooled)).isEqualTo(x.get(best));
          expected[best] = x.get(best) > 0 ? dy.get(pooled) * 1.25f : 0f;
        }
      }
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(dx.get(i) + 0f).as("dx[%d]", i).isEqualTo(expected[i] + 0f);
    }
  }

  @Test
  void droppedElementsPassNoGradient() {
    FloatArray x = FloatArray.fromElements(1f, 2f, 3f, 4f);
    FloatArray y = FloatArray.fromElements(0f);
    FloatArray dy = FloatArray.fromElements(5f);
    FloatArray dx = Device.garbage(4);
    Device.run(g -> g.add(t -> t.task("b", MaxPool2d::backward, x, y, dy, dx, 1, 2, 2, 2f)), x, y, dy, dx);
    assertThat(dx.toHeapArray()).containsExactly(0f, 0f, 0f, 0f);
  }
}
