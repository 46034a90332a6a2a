// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.models.layer.Shape;
import java.util.Arrays;
import java.util.Objects;

/**
 * Some of a source's examples, in any order.
 *
 * @param all where they are from
 * @param chosen their indices there
 */
record SelectedSource(FeatureSource all, int[] chosen) implements FeatureSource {
  SelectedSource {
    chosen = chosen.clone();
    for (int index : chosen) {
      Objects.checkIndex(index, all.count());
    }
  }

  @Override
  public int count() {
    return chosen.length;
  }

  @Override
  public Shape shape() {
    return all.shape();
  }

  @Override
  public Class<? extends Features> type() {
    return all.type();
  }

  @Override
  public Features read(int... indices) {
    return all.read(Arrays.stream(indices).map(i -> chosen[i]).toArray());
  }

  @Override
  public int crc32c(int index) {
    return all.crc32c(chosen[index]);
  }
}
