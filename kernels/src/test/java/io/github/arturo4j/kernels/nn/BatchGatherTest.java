// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.reference.BatchGatherReference;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class BatchGatherTest {
  @ParameterizedTest
  @CsvSource({"1,1,1", "4,3,13", "13,13,207", "5,1,784"})
  void scalesTheChosenImagesAndPads(int batch, int count, int size) {
    Random random = new Random(size);
    byte[] bytes = new byte[20 * size];
    random.nextBytes(bytes);
    ByteArray pixels = ByteArray.fromArray(bytes);
    IntArray indices = new IntArray(batch);
    for (int b = 0; b < batch; b++) {
      indices.set(b, random.nextInt(20));
    }
    StepControl control = new StepControl(0);
    control.set(count, false, 0, 0);
    FloatArray x = Device.garbage(batch * size);
    Device.run(
        g -> g.add(t -> t.task("gather", BatchGather::gather, pixels, indices, control.array(), x, batch,
            size)),
        pixels, indices, control.array(), x);
    Device.assertClose(x, BatchGatherReference.gather(bytes, indices.toHeapArray(), count, size), 1e-7);
  }
}
