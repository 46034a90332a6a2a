// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches of examples that are read ahead: each is the one that was asked for, whatever was expected. */
class FeatureStreamTest {
  private static final int SIZE = 4;
  private static final Shape ONE = new Shape(1);

  private final FeatureArrays arrays = FeatureArrays.of(Features.Floats.class, ONE, SIZE);
  private final Set<Integer> read = ConcurrentHashMap.newKeySet();
  private final FeatureStream stream = new FeatureStream(this::read, arrays, SIZE);

  private Features read(int[] indices) {
    float[] values = new float[indices.length];
    for (int i = 0; i < indices.length; i++) {
      read.add(indices[i]);
      values[i] = indices[i];
    }
    return new Features.Floats(values, indices.length, ONE);
  }

  private void loads(int[] order, int offset, int count) {
    stream.load(order, offset, count);
    for (int i = 0; i < count; i++) {
      assertThat(arrays.floats().get(i)).as("row %d of %d from %d", i, count, offset).isEqualTo(order[offset + i]);
    }
  }

  @Test
  void batchesOfAllSizesInTheirOrder() {
    int[] order = IntStream.range(0, 23).map(i -> i * 5 % 23).toArray();
    int[] counts = {4, 4, 1, 3, 4, 2, 4, 1};
    int offset = 0;
    for (int count : counts) {
      loads(order, offset, count);
      offset += count;
    }
    assertThat(offset).isEqualTo(23);
  }

  @Test
  void anotherOrderThanExpected() {
    int[] order = IntStream.range(0, 40).toArray();
    loads(order, 0, 4);
    loads(order, 8, 3);
    loads(order, 8, 3);
    int[] other = IntStream.range(0, 40).map(i -> 39 - i).toArray();
    loads(other, 0, 4);
    loads(new int[] {5}, 0, 1);
    loads(other, 4, 4);
    other[9] = 17; // changed behind its back
    other[8] = 21;
    loads(other, 8, 4);
    loads(Arrays.copyOf(other, 14), 12, 2);
  }

  /** Nobody asks for the second batch, and yet it is read. */
  @Test
  void theNextBatchesAreReadWhileNobodyWaits() throws InterruptedException {
    CountDownLatch ahead = new CountDownLatch(3 * SIZE);
    FeatureStream counted =
        new FeatureStream(
            indices -> {
              Features made = read(indices);
              Arrays.stream(indices).forEach(_ -> ahead.countDown());
              return made;
            },
            arrays, SIZE);
    counted.load(IntStream.range(0, 100).toArray(), 0, SIZE);
    assertThat(ahead.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(read).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 3 * SIZE).boxed().toList());
  }

  @Test
  void whatCannotBeReadIsTold() {
    FeatureStream fails =
        new FeatureStream(
            indices -> {
              if (Arrays.stream(indices).anyMatch(i -> i == 6)) {
                throw new IllegalArgumentException("example 6 is lost");
              }
              return read(indices);
            },
            arrays, SIZE);
    int[] order = IntStream.range(0, 12).toArray();
    fails.load(order, 0, 4); // the fault is one of the batch behind it
    assertThatIllegalArgumentException().isThrownBy(() -> fails.load(order, 4, 4)).withMessage("example 6 is lost");
    assertThatIllegalArgumentException().isThrownBy(() -> fails.load(order, 4, 4)).withMessage("example 6 is lost");
    fails.load(order, 8, 4);
    assertThat(arrays.floats().get(3)).isEqualTo(11);
  }
}
