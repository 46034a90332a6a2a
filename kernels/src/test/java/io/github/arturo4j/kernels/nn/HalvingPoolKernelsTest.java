// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.MaxPoolReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class HalvingPoolKernelsTest {
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
    MaxPoolReference reference = new MaxPoolReference(planes, height, width);
    FloatArray x = rectified(planes * height * width);
    FloatArray y = Device.garbage(reference.pooledSize());
    FloatArray dy = Device.normal(reference.pooledSize(), 3);
    FloatArray dx = Device.garbage(planes * height * width);
    FloatArray inPlace = FloatArray.fromArray(x.toHeapArray());
    Device.run(
        g -> {
          g.add(t -> t.task("forward", HalvingPoolKernels::forward, x, y, planes, height, width));
          g.add(t -> t.task("backward", HalvingPoolKernels::backward, x, y, dy, dx, planes, height, width, 1.25f));
          g.add(t -> t.task("edges", HalvingPoolKernels::clearEdges, dx, planes, height, width));
          g.add(t -> t.task("there", HalvingPoolKernels::backward, inPlace, y, dy, inPlace, planes, height, width, 1.25f));
          g.add(t -> t.task("edgesThere", HalvingPoolKernels::clearEdges, inPlace, planes, height, width));
        },
        x, y, dy, dx, inPlace);

    double[] image = Comparison.doubles(x);
    double[] pooled = reference.forward(image);
    Device.assertClose(y, pooled, 0);
    Device.assertClose(dx, reference.backward(image, pooled, Comparison.doubles(dy), 1.25), 1e-7);
    assertThat(inPlace.toHeapArray()).isEqualTo(dx.toHeapArray());
  }

  @ParameterizedTest
  @CsvSource({"1,2,2", "3,5,4", "7,11,11", "13,4,7", "5,26,26"})
  void withDropoutInOnePassItIsTheSameToTheBit(int planes, int height, int width) {
    int pooled = planes * (height / 2) * (width / 2);
    FloatArray x = rectified(planes * height * width);
    FloatArray one = Device.garbage(pooled);
    FloatArray two = Device.garbage(pooled);
    BatchControl step = new BatchControl(2);
    step.set(1, false, 42, 7);
    IntArray control = step.array();
    int key = BatchControl.key(1);
    int threshold = DropoutKernels.threshold(.3);
    float scale = DropoutKernels.scale(.3);
    Device.run(
        g -> {
          g.add(t -> t.task("one", HalvingPoolKernels::forwardWithDropout, x, one, control, planes, height, width, key,
              threshold, scale));
          g.add(t -> t.task("forward", HalvingPoolKernels::forward, x, two, planes, height, width));
          g.add(t -> t.task("dropout", DropoutKernels::forward, two, control, key, threshold, scale));
        },
        x, one, two, control);
    assertThat(one.toHeapArray()).isEqualTo(two.toHeapArray());
  }

  @Test
  void droppedElementsPassNoGradient() {
    FloatArray x = FloatArray.fromElements(1f, 2f, 3f, 4f);
    FloatArray y = FloatArray.fromElements(0f);
    FloatArray dy = FloatArray.fromElements(5f);
    FloatArray dx = Device.garbage(4);
    Device.run(g -> g.add(t -> t.task("b", HalvingPoolKernels::backward, x, y, dy, dx, 1, 2, 2, 2f)), x, y, dy, dx);
    assertThat(dx.toHeapArray()).containsExactly(0f, 0f, 0f, 0f);
  }
}
