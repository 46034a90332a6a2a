// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class ArrayPoolTest {
  @Test
  void whatIsGivenBackServesAgainForItsSize() {
    ArrayPool pool = new ArrayPool();
    FloatArray first = pool.take(5);
    FloatArray second = pool.take(5);
    assertThat(second).isNotSameAs(first);
    pool.giveBack(first);
    assertThat(pool.take(6)).isNotSameAs(first).extracting(FloatArray::getSize).isEqualTo(6);
    assertThat(pool.take(5)).isSameAs(first);
    assertThat(pool.take(5)).isNotSameAs(first).isNotSameAs(second);
    assertThat(pool.bytes()).isEqualTo(4 * (5 + 5 + 6 + 5));
  }

  @Test
  void nothingIsGivenBackTwiceOrFromElsewhere() {
    ArrayPool pool = new ArrayPool();
    FloatArray first = pool.take(5);
    pool.giveBack(first);
    pool.giveBack(first);
    FloatArray others = new FloatArray(5);
    pool.giveBack(others);
    assertThat(pool.take(5)).isSameAs(first);
    assertThat(pool.take(5)).isNotSameAs(first).isNotSameAs(others);
  }

  @Test
  void tasksThatAreNeverExecutedHaveOneOfEachSize() {
    ArrayPool pool = ArrayPool.ofSizes();
    FloatArray first = pool.take(5);
    assertThat(pool.take(5)).isSameAs(first);
    assertThat(pool.take(6)).isNotSameAs(first);
    pool.giveBack(first);
    assertThat(pool.take(5)).isSameAs(first);
    assertThat(pool.bytes()).isEqualTo(4 * (5 + 6));
  }
}
